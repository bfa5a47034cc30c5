import { personDoor } from "@/lib/door";
import { previewImport } from "@/lib/users/import/preview";

/** Takes the CSV as the body; reads only. */
export const POST = personDoor("users.manage", "user.import", previewImport);
