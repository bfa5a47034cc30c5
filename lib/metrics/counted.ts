import "server-only";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** What this process counts as it happens; what stands in the database is asked when somebody looks: stored.ts. */

type Counted = {
  registry: Registry;
  parse: Histogram<"kind">;
  signIns: Counter<"outcome">;
  tasks: Counter<"task" | "outcome">;
};

// One per process: the bundler may give each page a copy of this module.
const kept = globalThis as typeof globalThis & { backupchecksMetrics?: Counted };

/** @returns the counters of this process, and the registry that they are in. */
export function counted(): Counted {
  kept.backupchecksMetrics ??= open();
  return kept.backupchecksMetrics;
}

/** Counts a mail that was read. @param kind as in `mails.kind`. */
export const countParse = (kind: string, seconds: number): void => counted().parse.observe({ kind }, seconds);

/** Counts a try to sign in. */
export const countSignIn = (outcome: "done" | "refused"): void => counted().signIns.inc({ outcome });

/** Counts a task that has ended. */
export const countTask = (task: string, outcome: "done" | "failed"): void => counted().tasks.inc({ task, outcome });

function open(): Counted {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    parse: new Histogram({
      name: "backupchecks_mail_parse_seconds",
      help: "How long reading a mail took in this process, by what it was found to be.",
      labelNames: ["kind"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    signIns: new Counter({
      name: "backupchecks_sign_ins_total",
      help: "Tries to sign in, in this process.",
      labelNames: ["outcome"],
      registers,
    }),
    tasks: new Counter({
      name: "backupchecks_task_runs_total",
      help: "Tasks in the background that ended, in this process.",
      labelNames: ["task", "outcome"],
      registers,
    }),
  };
}
