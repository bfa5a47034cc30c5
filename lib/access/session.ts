import "server-only";
import { createHash } from "node:crypto";
import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { after } from "next/server";
import { cache } from "react";
import { readCookie } from "../auth/cookie";
import type { Token } from "../auth/token";
import { db, type Executor, transaction } from "../db";
import { assignments, roleScopes, roles, sessions, settings, users } from "../db/schema/access";
import { isDatabaseAway } from "../errors";
import type { Access } from "./can";
import { actingRoles, grantOf, type KindOfMark, mayPreview, rightsOfAll } from "./policy";

/** @returns who sends this request and what they may do now, or null for nobody. One query, once per request. */
export const currentAccess = cache(async (): Promise<Access | null> => {
  const token = await readCookie();
  if (!token) return null;
  return readAccess(db(), token.secret).catch((error: unknown) => {
    isDatabaseAway(error);
    throw error;
  });
});

/** @returns what is stored of a session secret. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/**
 * The truth about a session: its row, its user, the roles held now, the account's settings. One query.
 * @returns null when the session has ended or expired, or its user is disabled.
 */
export async function readAccess(executor: Executor, secret: string): Promise<Access | null> {
  const found = await readSession(executor, eq(sessions.tokenHash, hashSecret(secret)));
  if (found?.isStale) touch(found.access.sessionId);
  return found?.access ?? null;
}

/** The same for an answer that goes on for minutes. That it goes on keeps no session alive. */
export async function readAccessAgain(executor: Executor, { sessionId }: Access): Promise<Access | null> {
  return (await readSession(executor, eq(sessions.id, sessionId)))?.access ?? null;
}

async function readSession(executor: Executor, which: SQL): Promise<{ access: Access; isStale: boolean } | null> {
  const rows = await executor
    .select({
      sessionId: sessions.id,
      chosen: sessions.activeRoleIds,
      stale: sql<boolean>`${sessions.seenAt} < now() - interval '1 minute'`,
      userId: users.id,
      username: users.username,
      passwordChangeRequiredAt: users.passwordChangeRequiredAt,
      role: { id: roles.id, name: roles.name, builtIn: roles.builtIn, rights: roles.rights },
      marks: kindsOfMarks(roles.id),
      previewed: { id: previewed.id, name: previewed.name, builtIn: previewed.builtIn, rights: previewed.rights },
      previewedMarks: kindsOfMarks(previewed.id),
      account,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(settings, eq(settings.id, 1))
    .leftJoin(assignments, and(eq(assignments.userId, users.id), isHeld))
    .leftJoin(roles, eq(roles.id, assignments.roleId))
    .leftJoin(previewed, eq(previewed.id, sessions.previewRoleId))
    .where(and(which, isOpenSession, isNull(users.disabledAt)))
    .orderBy(asc(roles.position), sql`${roles.name} collate "C"`);
  const first = rows[0];
  if (!first) return null;
  const assigned = rows.flatMap(({ role, marks }) => (role ? [grantOf(role, marks)] : []));
  const acting = actingRoles(assigned, first.chosen);
  // Who may not look at roles any more looks at nothing as one of them.
  const preview = first.previewed && acting.some(mayPreview) ? grantOf(first.previewed, first.previewedMarks) : null;
  const grants: Access["grants"] = preview ? [acting, [preview]] : [acting];
  const access = {
    sessionId: first.sessionId,
    userId: first.userId,
    username: first.username,
    roles: assigned,
    active: acting.map(({ id, name }) => ({ id, name })),
    preview: preview && { id: preview.id, name: preview.name },
    grants,
    rights: rightsOfAll(grants),
    mustChangePassword: first.passwordChangeRequiredAt !== null,
    account: first.account,
  };
  return { access, isStale: first.stale };
}

const previewed = alias(roles, "previewed");
const account = {
  name: settings.accountName,
  timeZone: settings.timeZone,
  passwordMinimumLength: settings.passwordMinimumLength,
  dayStatus: settings.dayStatus,
};

/** A session of `sessions` that can still be used, by `settings`; whether its user is disabled is another question. */
export const isOpenSession = and(
  isNull(sessions.endedAt),
  sql`${sessions.seenAt} > now() - make_interval(hours => ${settings.sessionIdleHours})`,
  sql`${sessions.createdAt} > now() - make_interval(days => ${settings.sessionDays})`,
);

/** An assignment ends at the very moment of its expiry, without anybody doing anything. */
export const isHeld = sql`(${assignments.expiresAt} is null or ${assignments.expiresAt} > now())`;

/** Which kinds of marks a role has; marks themselves are read where rows are, and can be many. */
const kindsOfMarks = (roleId: PgColumn) => sql<KindOfMark[]>`(select coalesce(jsonb_agg(distinct jsonb_build_object(
    'right', ${roleScopes.right}, 'included', ${roleScopes.included}, 'place',
    case when ${roleScopes.elementId} is not null then 'element_id' when ${roleScopes.type} is not null then 'type' else 'root' end)), '[]')
  from ${roleScopes} where ${roleScopes.roleId} = ${roleId})`;

/** @returns the hint for the cookie of this session. */
export function hintOf(access: Access, secret: string): Token {
  return { secret, role: access.active[0]?.name ?? "", rights: [...access.rights], readAt: Date.now() };
}

/** Notes that the session lives, after the answer has left, at most once a minute. */
function touch(sessionId: string): void {
  after(() => transaction((tx) => tx.update(sessions).set({ seenAt: sql`now()` }).where(eq(sessions.id, sessionId))));
}

/**
 * What a person may do in one of their roles, without a session: for work that they set up and that runs later.
 * @returns null when they are disabled, or do not hold the role any more.
 */
export async function accessInRole(executor: Executor, userId: string, roleId: string): Promise<Access | null> {
  const [row] = await executor
    .select({
      username: users.username,
      role: { id: roles.id, name: roles.name, builtIn: roles.builtIn, rights: roles.rights },
      marks: kindsOfMarks(roles.id),
      account,
    })
    .from(users)
    .innerJoin(settings, eq(settings.id, 1))
    .innerJoin(assignments, and(eq(assignments.userId, users.id), isHeld))
    .innerJoin(roles, eq(roles.id, assignments.roleId))
    .where(and(eq(users.id, userId), eq(roles.id, roleId), isNull(users.disabledAt)));
  if (!row) return null;
  const role = grantOf(row.role, row.marks);
  const grants: Access["grants"] = [[role]];
  return {
    sessionId: "",
    userId,
    username: row.username,
    roles: [role],
    active: [{ id: role.id, name: role.name }],
    preview: null,
    grants,
    rights: rightsOfAll(grants),
    mustChangePassword: false,
    account: row.account,
  };
}
