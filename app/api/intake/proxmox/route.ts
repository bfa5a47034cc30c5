import { door } from "@/lib/door";
import { deliverReport, onlyPost } from "@/lib/filing/deliver";
import { proxmox } from "@/lib/mail/intake/proxmox";

export const dynamic = "force-dynamic";

export const POST = door("mail.receive", (request) => deliverReport(request, proxmox));
export const GET = door("mail.receive", onlyPost);
export const HEAD = door("mail.receive", onlyPost);
export const PUT = door("mail.receive", onlyPost);
export const PATCH = door("mail.receive", onlyPost);
export const DELETE = door("mail.receive", onlyPost);
