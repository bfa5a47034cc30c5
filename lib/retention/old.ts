import "server-only";
import { and, isNotNull, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { auditEntries } from "../db/schema/access";
import { mails } from "../db/schema/mails";
import { deliveries } from "../db/schema/outgoing";
import { runs } from "../db/schema/runs";
import { deliveriesKeptDays } from "./rules";

/** Which rows are older than they are kept. The preview counts what the task removes: both ask here. */

const ago = (days: number): SQL => sql`now() - make_interval(days => ${days}::int)`;

/** Of `mails`: those whose content goes. One that waits to be read is not old, whenever it came. */
export const oldMails = (days: number): SQL | undefined =>
  and(isNull(mails.rawPurgedAt), lt(mails.receivedAt, ago(days)), ne(mails.kind, "waiting"));

/** Of `mails`: something was made of it that is still there, so its row stays. */
export const isUsed: SQL = or(
  sql`exists (select from ${runs} where ${runs.mailId} = ${mails.id})`,
  sql`exists (select from ${mails} as part where part.parent_id = ${mails.id})`,
) as SQL;

export const oldRuns = (days: number): SQL => lt(runs.ranAt, ago(days));

export const oldEntries = (days: number): SQL => lt(auditEntries.at, ago(days));

/** Whatever the account sets: what is still to be sent is never old. */
export const oldDeliveries: SQL | undefined = and(
  lt(deliveries.createdAt, ago(deliveriesKeptDays)),
  or(isNotNull(deliveries.sentAt), isNotNull(deliveries.failedAt)),
);
