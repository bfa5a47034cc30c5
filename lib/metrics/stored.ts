import "server-only";
import { and, gt, isNull, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { db } from "../db";
import { isFigure } from "../db/run-figures";
import { settings } from "../db/schema/access";
import { intakeKeys } from "../db/schema/intake-keys";
import { mails } from "../db/schema/mails";
import { deliveries } from "../db/schema/outgoing";
import { runs } from "../db/schema/runs";
import { mailSources } from "../db/schema/sources";
import { tasks } from "../db/schema/tasks";

/** What the database knows, in six queries that look at indexes of a day or at small tables; no name of anybody. */

const count = sql<number>`count(*)::int`;
/** Seconds since the epoch, as Prometheus wants moments. */
const moment = (column: PgColumn) => sql<number | null>`extract(epoch from ${column})::float8`;
/** Counting goes on no further: it would read a table for a number that nobody tells apart. */
const CAP = 100_000;

/** @returns mails of the last 24 hours by where they came from and what they are. */
export const mailsOfADay = () =>
  db()
    .select({ source: mails.source, kind: mails.kind, count })
    .from(mails)
    .where(and(gt(mails.receivedAt, sql`now() - interval '1 day'`), isNull(mails.rawPurgedAt)))
    .groupBy(mails.source, mails.kind);

/** @returns what waits: mails to be read, runs to be reviewed (at most 100,000), messages to be sent. */
export async function backlog() {
  const waiting = sql`from ${mails} where kind = 'waiting'`;
  const unreviewed = sql`(select from ${runs} where reviewed_at is null limit ${CAP})`;
  const [row] = await db()
    .select({
      mails: sql<number>`(select count(*)::int ${waiting})`,
      oldestMail: sql<number | null>`(select extract(epoch from now() - min(received_at))::float8 ${waiting})`,
      unreviewed: sql<number>`(select count(*)::int from ${unreviewed} as unreviewed)`,
      deliveries: sql<number>`(select count(*)::int from ${deliveries} where sent_at is null and failed_at is null)`,
      failedDeliveries: sql<number>`(select count(*)::int from ${deliveries} where failed_at > now() - interval '1 day')`,
    })
    .from(sql`(select) as nothing`);
  if (!row) throw new Error("Counting gave no row.");
  return row;
}

/** @returns runs since midnight in the zone of the account, by what they count as. */
export const runsOfToday = () =>
  db()
    .select({ status: runs.countsAs, isSuspected: runs.isSuspected, count })
    .from(runs)
    .where(
      sql`${isFigure} and ${runs.ranAt} >= (select date_trunc('day', now() at time zone ${settings.timeZone}) at time zone ${settings.timeZone} from ${settings})`,
    )
    .groupBy(runs.countsAs, runs.isSuspected);

/** @returns each task: whether it failed the last time, and when it ended. */
export const taskStates = () =>
  db()
    .select({
      name: tasks.name,
      failing: sql<boolean>`${tasks.error} is not null`,
      finishedAt: moment(tasks.finishedAt),
    })
    .from(tasks);

/** @returns mailboxes, listeners and keys that are in use: when they last worked, and whether they are silent. */
export const sourceStates = () =>
  db()
    .select({
      id: mailSources.id,
      kind: sql<string>`${mailSources.kind}`.as("kind"),
      workedAt: moment(mailSources.succeededAt).as("worked_at"),
      isSilent: sql<boolean>`${mailSources.silentSince} is not null`.as("is_silent"),
      isFailing: sql<boolean>`${mailSources.error} is not null`.as("is_failing"),
    })
    .from(mailSources)
    .where(isNull(mailSources.disabledAt))
    .unionAll(
      db()
        .select({
          id: intakeKeys.id,
          kind: sql<string>`'key'`.as("kind"),
          workedAt: moment(intakeKeys.lastUsedAt).as("worked_at"),
          isSilent: sql<boolean>`${intakeKeys.silentSince} is not null`.as("is_silent"),
          isFailing: sql<boolean>`false`.as("is_failing"),
        })
        .from(intakeKeys)
        .where(isNull(intakeKeys.endedAt)),
    );

/** @returns how many connections to this database there are, of all nodes, by what they do. */
export async function connections(): Promise<{ state: string; count: number }[]> {
  const activity = sql`pg_stat_activity`;
  return db()
    .select({ state: sql<string>`coalesce(state, 'unknown')`, count })
    .from(activity)
    .where(sql`datname = current_database() and application_name = 'backupchecks'`)
    .groupBy(sql`1`);
}
