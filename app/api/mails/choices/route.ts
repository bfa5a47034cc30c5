import { personDoor } from "@/lib/door";
import { choices } from "@/lib/filing/choices";

export const dynamic = "force-dynamic";

export const GET = personDoor("inbox.process", "mail.choices", choices);
