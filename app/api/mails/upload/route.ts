import { personDoor } from "@/lib/door";
import { uploadMail } from "@/lib/filing/upload";

export const dynamic = "force-dynamic";

export const POST = personDoor("inbox.process", "mail.receive", uploadMail);
