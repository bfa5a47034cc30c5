import "server-only";
import { and, inArray, isNull, or } from "drizzle-orm";
import type { Executor } from "../db";
import { quietTimes } from "../db/schema/calendar";
import type { IsQuiet } from "./learn/score";
import { isQuietIn } from "./quiet";
import { isPausedAt, type Watched } from "./watched";

/** @returns for each of the jobs, when no run of it is expected: holidays and maintenance of the account, its customer or itself, and its pause. */
export async function quietOf(executor: Executor, watched: readonly Watched[]): Promise<Map<string, IsQuiet>> {
  if (watched.length === 0) return new Map();
  const times = await executor
    .select()
    .from(quietTimes)
    .where(
      or(
        and(isNull(quietTimes.customerId), isNull(quietTimes.jobId)),
        inArray(quietTimes.customerId, [...new Set(watched.map(({ customerId }) => customerId))]),
        inArray(
          quietTimes.jobId,
          watched.map(({ id }) => id),
        ),
      ),
    );
  return new Map(
    watched.map((job): [string, IsQuiet] => {
      const own = times.filter(
        ({ customerId, jobId }) => (!customerId || customerId === job.customerId) && (!jobId || jobId === job.id),
      );
      const isQuiet = isQuietIn(own, job.zone);
      return [job.id, (slot) => isPausedAt(job, slot.at) || isQuiet(slot)];
    }),
  );
}
