import { personDoor } from "@/lib/door";
import { mailText } from "@/lib/mails/documents";

export const dynamic = "force-dynamic";

export const GET = personDoor<{ id: string }>("signed-in", "mail.read", mailText);
