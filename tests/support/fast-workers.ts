import work, { type HashTask } from "@/lib/auth/hash.worker";

/** In place of lib/workers in tests that make many passwords: the same hashes at the lowest cost, without threads. */
export const workerPool = () => ({
  queueSize: 0,
  run: async (task: HashTask) => work(task.kind === "hash" ? { ...task, cost: 4 } : task),
});
