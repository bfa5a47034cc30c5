import "server-only";
import { keyRefusal } from "../bearer";
import { problem } from "../door";
import { env } from "../env";
import { tasks } from "./registry";
import { runTask } from "./run-task";

/**
 * Does a task for a caller with the key CRON_SECRET in `Authorization: Bearer`: for hosts without long-lived processes.
 * @returns 200 with what came of it, 401 for a wrong key, 404 for a task that does not exist.
 */
export async function callTask(request: Request, name: string): Promise<Response> {
  const refusal = keyRefusal(request.headers.get("authorization"), env().CRON_SECRET);
  if (refusal) return refusal;
  const task = tasks.find((one) => one.name === name);
  if (!task) return problem(404, "There is no such task.");
  const outcome = await runTask(task, request.signal, true);
  return Response.json({ task: name, outcome }, { status: outcome === "failed" ? 500 : 200 });
}
