import { door } from "@/lib/door";
import { callTask } from "@/lib/tasks/call";

export const dynamic = "force-dynamic";

export const GET = door<{ task: string }>("task.run", (request, { task }) => callTask(request, task));
