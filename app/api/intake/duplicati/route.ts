import { door } from "@/lib/door";
import { deliverReport, onlyPost } from "@/lib/filing/deliver";
import { duplicati } from "@/lib/mail/intake/duplicati";

export const dynamic = "force-dynamic";

export const POST = door("mail.receive", (request) => deliverReport(request, duplicati));
export const GET = door("mail.receive", onlyPost);
export const HEAD = door("mail.receive", onlyPost);
export const PUT = door("mail.receive", onlyPost);
export const PATCH = door("mail.receive", onlyPost);
export const DELETE = door("mail.receive", onlyPost);
