import "server-only";
import { and, inArray, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { runs } from "../db/schema/runs";

const MOST = 1000;

/**
 * Missed runs of a source that is heard again are believed half an hour after its first mail, when its backlog is in; those of which
 * nobody knows a source, an hour after they were found.
 */
export async function believeAgain(tx: Tx, silent: ReadonlySet<string>, now: Date): Promise<void> {
  const silentIds = JSON.stringify([...silent]);
  const at = sql`${now.toISOString()}::timestamptz`;
  const channel = sql`(select m.channel_id from mails m where m.job_id = ${runs.jobId} order by m.received_at desc limit 1)`;
  const isHeard = sql`exists (select 1 from mails m where m.channel_id = source.id
    and m.received_at > ${runs.createdAt} and m.received_at <= ${at} - interval '30 minutes')`;
  const isOld = (hours: number) => sql`${runs.createdAt} <= ${at} - make_interval(hours => ${hours}::int)`;
  const settled = tx
    .select({ id: runs.id })
    .from(runs)
    .innerJoin(sql`lateral (select ${channel} as id) source`, sql`true`)
    .where(
      sql`${runs.isSuspected} and ${runs.lateRunId} is null and case when source.id is null then ${isOld(1)}
        else not (${silentIds}::jsonb ? source.id::text) and (${isHeard} or ${isOld(24)}) end`,
    )
    .limit(MOST);
  await tx
    .update(runs)
    .set({ isSuspected: false })
    .where(and(inArray(runs.id, settled)));
}
