import { existsSync } from "node:fs";
import path from "node:path";
import Piscina from "piscina";

export type WorkerName = "parse.worker" | "hash.worker" | "pdf.worker";

export type WorkerOptions = {
  maxThreads: number;
  maxQueue: number;
  resourceLimits?: { maxOldGenerationSizeMb?: number; maxYoungGenerationSizeMb?: number; stackSizeMb?: number };
  /** The environment that the threads see; the whole one of the process when it is left out. */
  env?: Record<string, string>;
};

const kept = globalThis as typeof globalThis & { backupchecksWorkerPools?: Map<WorkerName, Piscina> };

/**
 * The pool of threads that run `build/workers/<name>.cjs`, made at the first call: one per process, also across hot reloads.
 * The options count at the first call only. Throws when the bundle was not built (`node scripts/build-workers.mjs`).
 */
export function workerPool(name: WorkerName, options: WorkerOptions): Piscina {
  kept.backupchecksWorkerPools ??= new Map();
  const pool = kept.backupchecksWorkerPools.get(name) ?? open(name, options);
  kept.backupchecksWorkerPools.set(name, pool);
  return pool;
}

/** Ends all threads; what runs in them is given up. */
export async function closeWorkers(): Promise<void> {
  const pools = [...(kept.backupchecksWorkerPools?.values() ?? [])];
  kept.backupchecksWorkerPools?.clear();
  await Promise.all(pools.map((pool) => pool.destroy()));
}

function open(name: WorkerName, options: WorkerOptions): Piscina {
  const filename = path.join(/* turbopackIgnore: true */ process.cwd(), "build", "workers", `${name}.cjs`);
  if (!existsSync(/* turbopackIgnore: true */ filename)) {
    throw new Error(`${filename} is missing. Run "node scripts/build-workers.mjs".`);
  }
  return new Piscina({ filename, minThreads: 0, idleTimeout: 60_000, ...options });
}
