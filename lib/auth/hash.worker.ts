import { compareSync, hashSync } from "bcryptjs";

export type HashTask =
  | { kind: "hash"; digest: string; cost: number }
  | { kind: "compare"; digest: string; hash: string };

/** Runs in a worker thread, so that people who sign in do not hold up everybody else's pages. */
export default function work(task: HashTask): string | boolean {
  return task.kind === "hash" ? hashSync(task.digest, task.cost) : compareSync(task.digest, task.hash);
}
