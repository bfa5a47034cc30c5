import "server-only";
import { timingSafeEqual } from "node:crypto";
import { problem } from "../door";
import { env } from "../env";
import { tasks } from "./registry";
import { runTask } from "./run-task";

/**
 * Does a task for a caller with the key CRON_SECRET in `Authorization: Bearer`: for hosts without long-lived processes.
 * @returns 200 with what came of it, 401 for a wrong key, 404 for a task that does not exist.
 */
export async function callTask(request: Request, name: string): Promise<Response> {
  if (!hasKey(request.headers.get("authorization"), env().CRON_SECRET)) return wrongKey();
  const task = tasks.find((one) => one.name === name);
  if (!task) return problem(404, "There is no such task.");
  const outcome = await runTask(task, request.signal, true);
  return Response.json({ task: name, outcome }, { status: outcome === "failed" ? 500 : 200 });
}

/** @returns whether the head brings this key; never without a key. */
export function hasKey(authorization: string | null, key: string | undefined): boolean {
  const sent = Buffer.from(/^Bearer +(\S{1,500})$/i.exec(authorization ?? "")?.[1] ?? "");
  const wanted = Buffer.from(key ?? "");
  return wanted.length > 0 && sent.length === wanted.length && timingSafeEqual(sent, wanted);
}

function wrongKey(): Response {
  const answer = problem(401, "The key is wrong, or none is set.");
  answer.headers.set("WWW-Authenticate", "Bearer");
  return answer;
}
