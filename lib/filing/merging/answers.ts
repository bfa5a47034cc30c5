import "server-only";
import type { Access } from "../../access/can";
import { problem } from "../../door";
import { findOtherJobs, getMergePlan } from "./queries";

/** For the dialog that merges: `?q=` finds jobs to merge `?id=` into, `?into=` says what would happen. */
export async function mergeAnswers(_access: Access, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const [id, into] = [searchParams.get("id") ?? "", searchParams.get("into")];
  if (into === null) return Response.json(await findOtherJobs(id, (searchParams.get("q") ?? "").slice(0, 200).trim()));
  const plan = await getMergePlan(id, into);
  return plan ? Response.json(plan) : problem(404, "This job does not exist any more.");
}
