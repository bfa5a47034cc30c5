import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { settings } from "../db/schema/access";
import { runs } from "../db/schema/runs";
import { BY_RULE } from "./rules";

/**
 * Reviews successes about which nothing is odd, when the account has chosen so. A success of a sender that could not be
 * believed is left to people.
 * @param ids of runs that were just added, after their oddities and overrides are known.
 */
export async function reviewPlainSuccesses(tx: Tx, ids: readonly string[]): Promise<void> {
  const isChosen = sql`exists (select 1 from ${settings} where ${settings.reviewsPlainSuccess})`;
  const isForged = sql`exists (select 1 from mails where mails.id = runs.mail_id and mails.sender_check = 'failed')`;
  await tx
    .update(runs)
    .set({ reviewedAt: sql`now()`, reviewedBy: null, reviewer: BY_RULE })
    .where(
      and(
        inArray(runs.id, [...ids]),
        eq(runs.countsAs, "success"),
        sql`${runs.reviewedAt} is null and ${runs.odd} = '[]' and not ${isForged} and ${isChosen}`,
      ),
    );
}
