import "server-only";
import { and, eq, gt, type SQL, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { auditEntries } from "../db/schema/access";
import type { ListPage, ListQuery } from "../list";

const { id, at, actor, role, action, target, before, after, address, outcome, reason } = auditEntries;
const shown = { id, at, actor, role, action, target, before, after, address, outcome, reason };

export type AuditRow = {
  id: string;
  at: Date;
  actor: string;
  role: string;
  action: string;
  target: string;
  before: unknown;
  after: unknown;
  address: string;
  outcome: "done" | "refused";
  reason: string | null;
};
export type AuditSort = "at";
export const auditFilters = ["action", "outcome", "from", "to"] as const;

/** @param query filters: action (its beginning, e.g. "user."), outcome, from and to (days, in the account's time zone). */
export async function listAudit(query: ListQuery<AuditSort>): Promise<ListPage<AuditRow>> {
  const { account } = await requireRight("audit.view");
  const page = keyset(query, { at: { by: at, type: "timestamptz" } }, id);
  const rows = await db()
    .select({ ...shown, cursor: page.cursor })
    .from(auditEntries)
    .where(and(filtered(query, account.timeZone), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return page.of(rows);
}

/** @returns the areas of actions there are ("user", "session" ...), for the filter. */
export async function listAuditAreas(): Promise<string[]> {
  await requireRight("audit.view");
  const area = sql<string>`split_part(${action}, '.', 1)`;
  const rows = await db().selectDistinct({ area }).from(auditEntries).orderBy(area);
  return rows.map((row) => row.area);
}

/** Everything that matches, oldest first, in parts of 1,000: for an export that holds no more than one part in memory. */
export async function* exportAudit(query: ListQuery<AuditSort>): AsyncGenerator<AuditRow[]> {
  const { account } = await requireRight("audit.view");
  let last: string | null = null;
  for (;;) {
    const behind: SQL = last === null ? sql`true` : gt(id, last);
    // Ids are UUID v7, so their order is that of time.
    const rows: AuditRow[] = await db()
      .select(shown)
      .from(auditEntries)
      .where(and(filtered(query, account.timeZone), behind))
      .orderBy(id)
      .limit(1000);
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1)?.id ?? null;
  }
}

function filtered({ search, filters }: ListQuery<AuditSort>, timeZone: string): SQL | undefined {
  const day = (text: string | undefined) =>
    text && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d)$/.test(text) ? text : null;
  const [from, to] = [day(filters.from), day(filters.to)];
  return and(
    search
      ? sql`(${contains(target, search)} or ${contains(actor, search)} or ${contains(address, search)})`
      : undefined,
    filters.action ? sql`starts_with(${action}, ${`${filters.action}.`})` : undefined,
    filters.outcome === "done" || filters.outcome === "refused" ? eq(outcome, filters.outcome) : undefined,
    from ? sql`${at} >= (${from}::date)::timestamp at time zone ${timeZone}` : undefined,
    to ? sql`${at} < (${to}::date + 1)::timestamp at time zone ${timeZone}` : undefined,
  );
}
