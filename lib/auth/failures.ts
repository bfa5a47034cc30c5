import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { settings, signInFailures } from "../db/schema/access";

/**
 * Counts an attempt before it is tried, so that many at once cannot slip under the limit; a success takes the count away.
 * An address gets ten times the failures of an account: a whole office may share it. Attempts while blocked do not
 * prolong the wait; after it, and after a quiet day, counting starts anew.
 * @returns whether one of the keys is blocked.
 */
export async function countAttempt(tx: Tx, keys: string[]): Promise<boolean> {
  const [rule] = await tx
    .select({ limit: settings.signInFailureLimit, minutes: settings.signInWaitMinutes })
    .from(settings);
  if (!rule) throw new Error("The settings row is missing.");
  const { count, blockedUntil, lastAt, key } = signInFailures;
  let blocked = false;
  for (const value of keys) {
    const limit = rule.limit * (value.startsWith("address ") ? 10 : 1);
    const next = sql`case when ${blockedUntil} is not null or ${lastAt} < now() - interval '1 day' then 1 else ${count} + 1 end`;
    const wait = (attempts: SQL) =>
      sql`case when ${attempts} >= ${limit}::int then now() + make_interval(mins => ${rule.minutes}::int) end`;
    const counted = await tx
      .insert(signInFailures)
      .values({ key: value, count: 1, blockedUntil: wait(sql`1`) })
      .onConflictDoUpdate({
        target: key,
        set: { count: next, blockedUntil: wait(next), lastAt: sql`now()` },
        setWhere: sql`${blockedUntil} is null or ${blockedUntil} <= now()`,
      })
      .returning({ key });
    blocked ||= counted.length === 0;
  }
  return blocked;
}
