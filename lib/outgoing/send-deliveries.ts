import "server-only";
import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { type Actor, auditDone } from "../audit";
import { db, transaction } from "../db";
import { deliveries } from "../db/schema/outgoing";
import { deliver } from "./deliver";
import { delayAfter, MOST_ATTEMPTS, oneLine } from "./rules";
import { readSettings } from "./stored";

const AT_ONCE = 4;
const actor: Actor = { id: null, name: "system", role: "", address: "" };

type Delivery = typeof deliveries.$inferSelect;

/** Sends what is due, until nothing is: see docs/decisions/outgoing.md. */
export async function sendDeliveries(signal: AbortSignal): Promise<void> {
  const sendOn = async () => {
    while (!signal.aborted) {
      const taken = await take();
      if (!taken) return;
      await attempt(taken);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
}

/** Counts the attempt before it is made: a node that dies over it leaves it to the next attempt, another node finds it not due. */
function take(): Promise<Delivery | undefined> {
  const isDue = and(isNull(deliveries.sentAt), isNull(deliveries.failedAt), lte(deliveries.nextAttemptAt, sql`now()`));
  return transaction(async (tx) => {
    const [due] = await tx
      .select()
      .from(deliveries)
      .where(isDue)
      .orderBy(deliveries.nextAttemptAt)
      .limit(1)
      .for("update", { skipLocked: true });
    if (!due) return undefined;
    const attempts = due.attempts + 1;
    const nextAttemptAt = sql`now() + make_interval(secs => ${delayAfter(attempts)})`;
    await tx.update(deliveries).set({ attempts, nextAttemptAt }).where(eq(deliveries.id, due.id));
    return { ...due, attempts };
  });
}

async function attempt(delivery: Delivery): Promise<void> {
  const settings = await readSettings(db());
  // What happens while noting it is no failure of the other side.
  const [sent, words] = await deliver(settings, delivery).then(
    (note) => [true, note] as const,
    (error: unknown) => [false, error instanceof Error ? error.message : String(error)] as const,
  );
  if (sent) await noteSent(delivery, words);
  else await noteFailure(delivery, oneLine(words, 1000));
}

/** Attachments are large, and nobody needs them again. */
function noteSent({ id }: Delivery, error: string | null): Promise<unknown> {
  const content = sql`${deliveries.content} - 'attachments'`;
  return transaction((tx) =>
    tx.update(deliveries).set({ sentAt: sql`now()`, error, content }).where(eq(deliveries.id, id)),
  );
}

function noteFailure({ id, about, attempts }: Delivery, error: string): Promise<void> {
  const givenUp = attempts >= MOST_ATTEMPTS;
  return transaction(async (tx) => {
    const failedAt = givenUp ? sql`now()` : null;
    await tx.update(deliveries).set({ error, failedAt }).where(eq(deliveries.id, id));
    if (givenUp)
      await auditDone(tx, actor, [
        { action: "delivery.give_up", target: about, targetId: id, after: { attempts, error } },
      ]);
  });
}
