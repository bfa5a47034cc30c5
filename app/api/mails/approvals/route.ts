import { personDoor } from "@/lib/door";
import { previewApprovals } from "@/lib/filing/bulk-approve";

export const dynamic = "force-dynamic";

export const POST = personDoor("inbox.process", "mail.approve", previewApprovals);
