import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { auditDone } from "../audit";
import { db, type Tx, transaction } from "../db";
import { intakeKeys } from "../db/schema/intake-keys";
import { mails } from "../db/schema/mails";
import { outgoing } from "../db/schema/outgoing";
import { mailSources } from "../db/schema/sources";
import { enqueueMail } from "../outgoing/enqueue";
import { type Arrival, HISTORY_MS, silentSince, unreadSince } from "./silence";

type Channel = {
  id: string;
  name: string;
  table: typeof mailSources | typeof intakeKeys;
  silentSince: Date | null;
  failingSince: Date | null;
};

/** Notes which mail sources and intake keys fell silent, and which are heard again; tells once, each way. */
export async function watchSources(signal: AbortSignal): Promise<void> {
  for (const channel of await openChannels()) {
    if (signal.aborted) return;
    const now = Date.now();
    const arrivals = await arrivalsOf(channel.id, now);
    const since =
      silentSince(arrivals, now) ?? unreadSince(channel.failingSince ? channel.failingSince.getTime() : null, now);
    if ((since === null) !== (channel.silentSince === null))
      await note(channel, since === null ? null : new Date(since));
  }
}

async function openChannels(): Promise<Channel[]> {
  const sources = await db().select().from(mailSources).where(isNull(mailSources.disabledAt));
  const keys = await db().select().from(intakeKeys).where(isNull(intakeKeys.endedAt));
  return [
    ...sources.map(({ id, name, silentSince: silent, error, checkedAt, succeededAt, createdAt }) => {
      // Something may be wrong although it was read to its end.
      const fails = error !== null && (succeededAt === null || (checkedAt !== null && checkedAt > succeededAt));
      const failingSince = fails ? (succeededAt ?? createdAt) : null;
      return { id, name, table: mailSources, silentSince: silent, failingSince };
    }),
    ...keys.map(({ id, name, silentSince: silent }) => ({
      ...{ id, name, table: intakeKeys, silentSince: silent, failingSince: null },
    })),
  ];
}

/** By the minute; the parts of a mail that was taken apart count with it. */
async function arrivalsOf(channelId: string, now: number): Promise<Arrival[]> {
  const minute = sql<string>`date_trunc('minute', ${mails.receivedAt})`;
  const rows = await db()
    .select({ at: minute, mails: sql<number>`count(*)::int` })
    .from(mails)
    .where(
      and(
        eq(mails.channelId, channelId),
        isNull(mails.parentId),
        sql`${mails.receivedAt} > ${new Date(now - HISTORY_MS).toISOString()}::timestamptz`,
      ),
    )
    .groupBy(minute)
    .orderBy(minute);
  return rows.map((row) => ({ at: new Date(row.at).getTime(), mails: row.mails }));
}

async function note(channel: Channel, since: Date | null): Promise<void> {
  const { id, name, table } = channel;
  await transaction(async (tx) => {
    // Two nodes may come to the same conclusion: the first one tells.
    const changed = await tx
      .update(table)
      .set({ silentSince: since })
      .where(and(eq(table.id, id), sql`(${table.silentSince} is null) <> ${since === null}`))
      .returning({ id: table.id });
    if (changed.length === 0) return;
    const machine = { id: null, name: "BackupChecks", role: "", address: "" };
    const action = `${table === intakeKeys ? "intake_key" : "source"}.${since ? "silent" : "heard"}`;
    const before = { since: channel.silentSince?.toISOString() };
    const said = since ? { after: { since: since.toISOString() } } : { before };
    await auditDone(tx, machine, [{ action, target: name, targetId: id, ...said }]);
    if (since) await alarm(tx, name, since);
  });
}

async function alarm(tx: Tx, name: string, since: Date): Promise<void> {
  const [row] = await tx.select({ to: outgoing.alarmRecipients }).from(outgoing);
  if (!row || row.to.length === 0) return;
  const text = [
    `No mail has come from “${name}” since ${since.toISOString().slice(0, 16).replace("T", " ")} UTC. That is longer than usual.`,
    "Until it is heard again, runs that are missing are only suspected to be missing.",
    "Settings > Mail Sources says what was wrong at the last check.",
  ].join("\n\n");
  await enqueueMail(tx, { to: row.to, subject: `Silent: ${name}`, text, about: `${name} fell silent` });
}
