import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import type { Executor, Tx } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { inUse, type Watched, watchedColumns } from "./watched";

/** What other nouns know and do about missed runs. */
export type Helpers = {
  /** Ids of mail sources and intake keys that are silent now. */
  silentChannels: (executor: Executor) => Promise<ReadonlySet<string>>;
  /** What follows from new runs, in the transaction that stores them. */
  follow: (tx: Tx, runIds: readonly string[]) => Promise<void>;
};

/** One look for missed runs. `isBack`: nothing could come in before it. */
export type Look = { helpers: Helpers; silent: ReadonlySet<string>; isBack: boolean; now: Date };

/**
 * Nobody adds runs to a job while it is judged: what is being stored holds the job by its foreign key, and such a job is skipped until
 * the next look.
 */
export const lockJobs = (tx: Tx, ids: readonly string[]): Promise<Watched[]> =>
  tx
    .select(watchedColumns)
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(inUse, inArray(jobs.id, [...ids])))
    .orderBy(jobs.id)
    .for("update", { of: jobs, skipLocked: true });
