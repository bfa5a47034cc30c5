import "server-only";
import { and, type SQL, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { coveredUsers } from "../access/scope";
import { isHeld } from "../access/session";
import { db } from "../db";
import { COUNT_LIMIT, contains, keyset } from "../db/keyset";
import { assignments, users } from "../db/schema/access";
import { isId } from "../ids";
import type { ListPage, ListQuery } from "../list";
import { type Assigned, assigned } from "./assigned";

export const userSorts = ["username", "name", "email", "signIn", "created"] as const;
export type UserSort = (typeof userSorts)[number];
export const userFilters = ["role", "state"] as const;

export type UserRow = {
  id: string;
  username: string;
  name: string;
  email: string | null;
  disabledAt: Date | null;
  lastSignInAt: Date | null;
  mustChangePassword: boolean;
  version: number;
  /** In no order; also those that have expired. */
  assigned: Assigned[];
};

const { id, username, name, email, disabledAt, lastSignInAt, version } = users;
const mustChangePassword = sql<boolean>`${users.passwordChangeRequiredAt} is not null`;
const shown = { id, username, name, email, disabledAt, lastSignInAt, mustChangePassword, version, assigned };

/** @param query filters: role (an id, or "none"), state ("enabled", "disabled", or "expiring": a role of theirs ends within 7 days). @returns a page, and how many match in all (at most 10,001). */
export async function listUsers(query: ListQuery<UserSort>): Promise<ListPage<UserRow> & { count: number }> {
  const access = await requireRight("users.manage");
  const page = keyset(
    query,
    {
      username: { by: sql`lower(${username})`, type: "text" },
      name: { by: sql`lower(${name})`, type: "text" },
      email: { by: sql`lower(coalesce(${email}, ''))`, type: "text" },
      signIn: { by: sql`coalesce(${lastSignInAt}, 'epoch')`, type: "timestamptz" },
      created: { by: users.createdAt, type: "timestamptz" },
    },
    id,
  );
  const matching = and(coveredUsers(access), filtered(query));
  const count = sql<number>`(select count(*)::int from (select 1 from ${users} where ${matching} limit ${COUNT_LIMIT}) as counted)`;
  const rows = await db()
    .select({ ...shown, count, cursor: page.cursor })
    .from(users)
    .where(and(matching, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return { ...page.of(rows), count: rows[0]?.count ?? 0 };
}

/** @param ids only these; all that match the query when empty. @returns at most 10,000 users by username. */
export async function exportUsers(query: ListQuery<UserSort>, ids: readonly string[]): Promise<UserRow[]> {
  const access = await requireRight("users.manage");
  const chosen = ids.length > 0 ? sql`${id} = any(${sql.param(ids.filter(isId))}::uuid[])` : filtered(query);
  return db()
    .select(shown)
    .from(users)
    .where(and(coveredUsers(access), chosen))
    .orderBy(sql`lower(${username})`)
    .limit(10_000);
}

function filtered({ search, filters }: ListQuery): SQL | undefined {
  const { role = "", state } = filters;
  const held = sql`select 1 from ${assignments} where ${assignments.userId} = ${id} and ${isHeld}`;
  return and(
    search ? contains(sql`(${username} || ' ' || ${name} || ' ' || coalesce(${email}, ''))`, search) : undefined,
    state === "enabled" ? sql`${disabledAt} is null` : undefined,
    state === "disabled" ? sql`${disabledAt} is not null` : undefined,
    state === "expiring" ? sql`exists (${held} and ${assignments.expiresAt} < now() + interval '7 days')` : undefined,
    role === "none" ? sql`not exists (${held})` : undefined,
    isId(role) ? sql`exists (${held} and ${assignments.roleId} = ${role}::uuid)` : undefined,
  );
}
