import "server-only";
import { and, inArray, sql } from "drizzle-orm";
import type { Executor } from "../db";
import { mails } from "../db/schema/mails";
import { DAY, MINUTE } from "./types";

type Row = { id: string; jobId: string; mailId: string | null; ranAt: Date };

const MOST_WAIT = 2 * DAY;
const scheduledAt = sql<string | null>`(${mails.parsed} -> 0 ->> 'scheduledAt')`;
const isOne = sql`jsonb_array_length(${mails.parsed}) = 1`;

/**
 * Some software says for when a run was planned: that is its slot, however long it then waited for a tape or another job.
 * Only of jobs whose latest mail says so, as it means to look into each mail.
 * @param rows runs of some jobs, in order. @returns by run; what is not plausible is left out.
 */
export async function plannedStarts(executor: Executor, rows: readonly Row[]): Promise<Map<string, Date>> {
  const latest = new Map(rows.flatMap(({ jobId, mailId }) => (mailId ? [[jobId, mailId] as const] : [])));
  const telling = await plannedIn(executor, [...latest.values()]);
  if (telling.size === 0) return new Map();
  const own = rows.filter(({ jobId }) => telling.has(latest.get(jobId) ?? ""));
  const planned = await plannedIn(
    executor,
    own.flatMap(({ mailId }) => mailId ?? []),
  );
  return new Map(
    own.flatMap(({ id, mailId, ranAt }) => {
      const at = planned.get(mailId ?? "");
      const waited = at ? ranAt.getTime() - at.getTime() : Number.NaN;
      return at && waited >= -MINUTE && waited <= MOST_WAIT ? [[id, at] as const] : [];
    }),
  );
}

async function plannedIn(executor: Executor, mailIds: readonly string[]): Promise<Map<string, Date>> {
  if (mailIds.length === 0) return new Map();
  const rows = await executor
    .select({ id: mails.id, at: scheduledAt })
    .from(mails)
    .where(and(inArray(mails.id, [...mailIds]), isOne, sql`${scheduledAt} is not null`));
  return new Map(rows.map(({ id, at }) => [id, new Date(at ?? "")]));
}
