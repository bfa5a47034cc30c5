import "server-only";
import { and, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { type Actor, auditDone } from "../audit";
import { db, type Tx, transaction } from "../db";
import { auditEntries, settings } from "../db/schema/access";
import { mails } from "../db/schema/mails";
import { deliveries } from "../db/schema/outgoing";
import { runs } from "../db/schema/runs";
import { isUsed, oldDeliveries, oldEntries, oldMails, oldRuns } from "./old";

const actor: Actor = { id: null, name: "retention", role: "", address: "" };
/** Small, so that nobody waits behind it: the embedded database has one session for everybody. */
const BATCH = 500;

type Removed = Record<string, number>;

/** Removes what is older than the account keeps it, a batch per transaction, each with its entry in the audit log. */
export async function applyRetention(signal: AbortSignal): Promise<void> {
  const [keep] = await db().select().from(settings);
  if (!keep) throw new Error("The settings row is missing.");
  const { keepRunsDays, keepMailsDays, keepAuditDays } = keep;
  // Runs first: a mail whose run has gone goes with it.
  if (keepRunsDays !== null) await inBatches(signal, (tx) => removeRuns(tx, keepRunsDays));
  if (keepMailsDays !== null) await inBatches(signal, (tx) => removeMails(tx, keepMailsDays));
  if (keepAuditDays !== null) await inBatches(signal, (tx) => removeEntries(tx, keepAuditDays));
  await inBatches(signal, removeDeliveries);
}

async function inBatches(signal: AbortSignal, remove: (tx: Tx) => Promise<Removed>): Promise<void> {
  for (let found = BATCH; found >= BATCH; ) {
    signal.throwIfAborted();
    found = await transaction(async (tx) => {
      const removed = await remove(tx);
      const total = Object.values(removed).reduce((sum, count) => sum + count, 0);
      const record = { action: "retention.apply", target: "What is older than it is kept", after: removed };
      if (total > 0) await auditDone(tx, actor, [record]);
      return total;
    });
  }
}

async function removeRuns(tx: Tx, days: number): Promise<Removed> {
  const old = tx.select({ id: runs.id }).from(runs).where(oldRuns(days)).limit(BATCH);
  const gone = await tx.delete(runs).where(inArray(runs.id, old)).returning({ mailId: runs.mailId });
  const mailIds = gone.flatMap(({ mailId }) => mailId ?? []);
  return { runs: gone.length, mails: await removeEmptied(tx, mailIds) };
}

/** Of a mail that something was made of its subject and its row stay; any other goes. */
async function removeMails(tx: Tx, days: number): Promise<Removed> {
  const old = await tx
    .select({ id: mails.id })
    .from(mails)
    .where(oldMails(days))
    .limit(BATCH)
    .for("update", { skipLocked: true });
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return {};
  const gone = await tx
    .delete(mails)
    .where(and(inArray(mails.id, ids), sql`not ${isUsed}`))
    .returning({ parentId: mails.parentId });
  const emptied = await tx
    .update(mails)
    .set({ raw: new Uint8Array(), text: "", html: null, rawPurgedAt: sql`now()` })
    .where(and(inArray(mails.id, ids), isNull(mails.rawPurgedAt)))
    .returning({ id: mails.id });
  const parents = gone.flatMap(({ parentId }) => parentId ?? []);
  return { contentsOfMails: emptied.length, mails: gone.length + (await removeEmptied(tx, parents)) };
}

/** Mails of which only the row was left, for the sake of what has gone now. */
async function removeEmptied(tx: Tx, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const empty = and(inArray(mails.id, ids), isNotNull(mails.rawPurgedAt), sql`not ${isUsed}`);
  return (await tx.delete(mails).where(empty).returning({ id: mails.id })).length;
}

/** The log lets entries go in this way only (see drizzle/0008). */
async function removeEntries(tx: Tx, days: number): Promise<Removed> {
  await tx.execute(sql`select set_config('backupchecks.retention', 'on', true)`);
  const old = tx.select({ id: auditEntries.id }).from(auditEntries).where(oldEntries(days)).limit(BATCH);
  const gone = await tx.delete(auditEntries).where(inArray(auditEntries.id, old)).returning({ id: auditEntries.id });
  return { auditEntries: gone.length };
}

/** What was sent, or given up, some months ago: a report that was mailed is a file in its row. */
async function removeDeliveries(tx: Tx): Promise<Removed> {
  const old = tx.select({ id: deliveries.id }).from(deliveries).where(oldDeliveries).limit(BATCH);
  const gone = await tx.delete(deliveries).where(inArray(deliveries.id, old)).returning({ id: deliveries.id });
  return { deliveries: gone.length };
}
