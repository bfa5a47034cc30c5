import "server-only";
import { and, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Executor } from "../db";
import { intakeKeys } from "../db/schema/intake-keys";
import { mailSources } from "../db/schema/sources";

/** A mailbox that has not been read for so long may hold mails that nobody has seen yet. */
const UNREAD = sql`interval '15 minutes'`;

/**
 * @returns the ids of intake keys and mail sources from which nothing can be concluded now: they are silent for longer
 * than usual, or their mailbox could not be read lately (also because this program was not running).
 */
export async function silentChannels(executor: Executor): Promise<Set<string>> {
  const since = sql`coalesce(${mailSources.succeededAt}, ${mailSources.createdAt})`;
  const sources = await executor
    .select({ id: mailSources.id })
    .from(mailSources)
    .where(
      and(isNull(mailSources.disabledAt), or(isNotNull(mailSources.silentSince), sql`${since} < now() - ${UNREAD}`)),
    );
  const keys = await executor
    .select({ id: intakeKeys.id })
    .from(intakeKeys)
    .where(and(isNull(intakeKeys.endedAt), isNotNull(intakeKeys.silentSince)));
  return new Set([...sources, ...keys].map(({ id }) => id));
}
