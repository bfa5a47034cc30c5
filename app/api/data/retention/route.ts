import { personDoor } from "@/lib/door";
import { answerPreview } from "@/lib/retention/preview";

export const GET = personDoor("settings.manage", "retention.preview", answerPreview);
