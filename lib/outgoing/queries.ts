import "server-only";
import { and, isNotNull, isNull, type SQL } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { deliveries } from "../db/schema/outgoing";
import type { ListPage, ListQuery } from "../list";
import { readSettings } from "./stored";

export type DeliverySort = "created";
export const deliveryFilters = ["state"] as const;

/** @returns how the account sends, without its secrets: only whether they are set. */
export async function getOutgoing() {
  await requireRight("settings.manage");
  const { id: _, smtpPassword, webhookSecret, ...told } = await readSettings(db());
  return { ...told, hasPassword: smtpPassword !== "", hasSecret: webhookSecret !== "" };
}

export type OutgoingSettings = Awaited<ReturnType<typeof getOutgoing>>;

const { id, kind, about, createdAt, nextAttemptAt, attempts, sentAt, failedAt, error } = deliveries;
const shown = { id, kind, about, createdAt, nextAttemptAt, attempts, sentAt, failedAt, error };

export type DeliveryRow = Pick<typeof deliveries.$inferSelect, keyof typeof shown>;

/** What was sent and what waits, the latest first, without what is in it. Filter: state ("", "open", "failed", "sent"). */
export async function listDeliveries(query: ListQuery<DeliverySort>): Promise<ListPage<DeliveryRow>> {
  await requireRight("settings.manage");
  const page = keyset(query, { created: { by: createdAt, type: "timestamptz" } }, id);
  const rows = await db()
    .select({ ...shown, cursor: page.cursor })
    .from(deliveries)
    .where(and(inState(query.filters.state), contains(about, query.search), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return page.of(rows);
}

function inState(state: string | undefined): SQL | undefined {
  if (state === "sent") return isNotNull(sentAt);
  if (state === "failed") return isNotNull(failedAt);
  return state === "open" ? and(isNull(sentAt), isNull(failedAt)) : undefined;
}
