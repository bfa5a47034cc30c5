import { door } from "@/lib/door";
import { deliverMail, onlyPost } from "@/lib/filing/deliver";

export const dynamic = "force-dynamic";

export const POST = door("mail.receive", deliverMail);
export const GET = door("mail.receive", onlyPost);
export const HEAD = door("mail.receive", onlyPost);
export const PUT = door("mail.receive", onlyPost);
export const PATCH = door("mail.receive", onlyPost);
export const DELETE = door("mail.receive", onlyPost);
