import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { transaction } from "../db";
import { tasks } from "../db/schema/tasks";
import { log, messageOf } from "../log";
import { countTask } from "../metrics/counted";
import type { Task } from "./types";

/** "waits": it is not due yet, or another node is at it; "stopped": it was told to end, and is due again at once. */
export type Outcome = "done" | "waits" | "failed" | "stopped";

const LEASE_SECONDS = 45;
const RENEW_MS = 10_000;
/** Timers of two nodes never agree to the second. */
const EARLY_SECONDS = 1;
const node = randomUUID();

/**
 * Runs a task if it is due and no other node has it: see docs/decisions/tasks.md. Never rejects because of the task.
 * @param stopping aborts the task. @param now does it although it is not due yet.
 */
export async function runTask(task: Task, stopping: AbortSignal, now = false): Promise<Outcome> {
  if (!(await lease(task, now))) return "waits";
  const lost = new AbortController();
  const renewal = setInterval(() => void renew(task, lost), RENEW_MS);
  renewal.unref();
  const startedAt = performance.now();
  try {
    await task.run(AbortSignal.any([stopping, lost.signal]));
    countTask(task.name, "done");
    await release(task, performance.now() - startedAt, null);
    return "done";
  } catch (error) {
    if (stopping.aborted) {
      await set(task, { ...free, startedAt: null });
      return "stopped";
    }
    log.error({ task: task.name, err: error }, "a task failed");
    countTask(task.name, "failed");
    await release(task, performance.now() - startedAt, messageOf(error).slice(0, 500));
    return "failed";
  } finally {
    clearInterval(renewal);
  }
}

async function lease({ name, everySeconds }: Task, now: boolean): Promise<boolean> {
  const isFree = or(isNull(tasks.leasedUntil), lt(tasks.leasedUntil, sql`now()`));
  // Whose lease ran out began it, and never ended it.
  const isDue = or(
    isNull(tasks.startedAt),
    sql`${tasks.leasedUntil} < now()`,
    sql`${tasks.startedAt} <= now() - make_interval(secs => ${everySeconds - EARLY_SECONDS})`,
  );
  const taken = { node, leasedUntil: untilLater, startedAt: sql`now()` };
  return transaction(async (tx) => {
    const leased = await tx
      .insert(tasks)
      .values({ name, ...taken })
      .onConflictDoUpdate({ target: tasks.name, set: taken, setWhere: and(isFree, now ? undefined : isDue) })
      .returning({ name: tasks.name });
    return leased.length > 0;
  });
}

/** A node that cannot say that it still has the task must stop: another one takes it over when the lease runs out. */
async function renew({ name }: Task, lost: AbortController): Promise<void> {
  const renewed = await transaction((tx) =>
    tx
      .update(tasks)
      .set({ leasedUntil: untilLater })
      .where(and(eq(tasks.name, name), eq(tasks.node, node), sql`${tasks.leasedUntil} > now()`))
      .returning({ name: tasks.name }),
  ).catch((error: unknown) => {
    log.warn({ task: name, err: error }, "a task could not be renewed");
    return null;
  });
  if (renewed?.length === 0) lost.abort(new Error("Another node took the task over."));
}

const release = (task: Task, durationMs: number, error: string | null): Promise<void> =>
  set(task, { ...free, finishedAt: sql`now()`, durationMs: Math.round(durationMs), error });

const free = { node: null, leasedUntil: null };

async function set({ name }: Task, values: PgUpdateSetSource<typeof tasks>): Promise<void> {
  await transaction((tx) =>
    tx
      .update(tasks)
      .set(values)
      .where(and(eq(tasks.name, name), eq(tasks.node, node))),
  ).catch((failure: unknown) => log.error({ task: name, err: failure }, "a task could not be released"));
}

const untilLater = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;
