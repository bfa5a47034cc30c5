import { personDoor } from "@/lib/door";
import { answerTrial } from "@/lib/filing/try-rule";

export const dynamic = "force-dynamic";

export const POST = personDoor("settings.manage", "mail_rule.try", answerTrial);
