import "server-only";
import { and, asc, eq, gte, inArray } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { auditEntries } from "../db/schema/access";
import { tickets } from "../db/schema/tickets";
import { isId } from "../ids";
import { kinds } from "./rules";
import { visibleTickets } from "./visible";

const VERBS = ["create", "update", "resolve", "reopen", "add_scope", "remove_scope"] as const;
const MOST = 200;

export type HistoryEntry = { id: string; at: Date; actor: string; action: string; before: unknown; after: unknown };

/** @returns what was done to a ticket, the oldest first: as the audit log tells it, which is for those who may read that. */
export async function ticketHistory(wanted: string): Promise<HistoryEntry[]> {
  const access = await requireRight("audit.view");
  if (!isId(wanted)) return [];
  const { id, at, actor, action, before, after, targetId, outcome } = auditEntries;
  const actions = kinds.flatMap((kind) => VERBS.map((verb) => `${kind}.${verb}`));
  return db()
    .select({ id, at, actor, action, before, after })
    .from(auditEntries)
    .innerJoin(tickets, and(eq(tickets.id, wanted), visibleTickets(access)))
    .where(
      and(
        eq(targetId, wanted),
        eq(outcome, "done"),
        inArray(action, actions),
        // Nothing was done to it before it was there; its first entry is of the same moment.
        gte(at, tickets.createdAt),
      ),
    )
    .orderBy(asc(at), asc(id))
    .limit(MOST);
}
