import { personDoor } from "@/lib/door";
import { mailSource } from "@/lib/mails/documents";

export const dynamic = "force-dynamic";

export const GET = personDoor<{ id: string }>("signed-in", "mail.read", mailSource);
