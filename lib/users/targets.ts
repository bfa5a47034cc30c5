import "server-only";
import { and, inArray, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { type GivenRole, givenRoles } from "../access/holdings";
import { coveredUsers } from "../access/scope";
import type { Context } from "../action";
import type { Tx } from "../db";
import { users } from "../db/schema/access";
import { Forbidden, UserError } from "../errors";
import { type Assigned, assigned } from "./assigned";
import { exceeds, type HeldRole, rolesForLog, rolesInWords } from "./rules";

export type Target = {
  id: string;
  username: string;
  name: string;
  email: string | null;
  disabledAt: Date | null;
  version: number;
  /** Those held now, in role order. */
  roles: HeldRole[];
  /** Names of those that expired, in role order. */
  expired: string[];
};

/** @returns one user about to be changed. @throws UserError when there is none any more. */
export async function getTarget(tx: Tx, access: Access, id: string): Promise<Target> {
  const [target] = await getTargets(tx, access, [id]);
  if (!target) throw new UserError("This user does not exist any more.");
  return target;
}

/** @returns the users about to be changed, by username. @throws UserError when one of them does not exist any more. */
export async function getTargets(tx: Tx, access: Access, ids: readonly string[]): Promise<Target[]> {
  const wanted = [...new Set(ids)];
  const rows = await tx
    .select({
      id: users.id,
      username: users.username,
      name: users.name,
      email: users.email,
      disabledAt: users.disabledAt,
      version: users.version,
      assigned,
    })
    .from(users)
    .where(and(inArray(users.id, wanted), coveredUsers(access)))
    .orderBy(sql`lower(${users.username})`);
  if (rows.length < wanted.length) throw new UserError("Somebody of these does not exist any more.");
  const all = await givenRoles(tx, access);
  return rows.map(({ assigned: own, ...row }) => ({ ...row, roles: heldOf(all, own), expired: expiredOf(all, own) }));
}

/** @returns those of the roles that are assigned and have not expired, with their ends. */
export const heldOf = (all: readonly GivenRole[], own: readonly Assigned[]): HeldRole[] =>
  all.flatMap((role) => {
    const found = own.find(({ roleId, isHeld }) => isHeld && roleId === role.id);
    return found ? [{ ...role, until: found.until, reason: found.reason }] : [];
  });

const expiredOf = (all: readonly GivenRole[], own: readonly Assigned[]): string[] =>
  all.filter(({ id }) => own.some(({ roleId, isHeld }) => !isHeld && roleId === id)).map(({ name }) => name);

/**
 * @param typed local date and time in the account's time zone, or nothing.
 * @returns the moment, or null for no end. @throws UserError when it is not in the future by the database's clock.
 */
export async function endAt(tx: Tx, access: Access, typed: string): Promise<Date | null> {
  if (!typed) return null;
  const at = sql`(${typed}::timestamp at time zone ${access.account.timeZone})`;
  const [end] = await tx
    .select({ at: at.mapWith(users.createdAt), isAhead: sql<boolean>`${at} > clock_timestamp()` })
    .from(sql`(select 1) as one`);
  if (!end?.isAhead) throw new UserError("Choose a moment in the future.", "until");
  return end.at as Date;
}

/** @returns the role, whether or not the actor might give it. @throws UserError when it is gone. */
export async function requireRole(tx: Tx, access: Access, id: string): Promise<GivenRole> {
  const role = (await givenRoles(tx, access)).find((one) => one.id === id);
  if (!role) throw new UserError("This role does not exist any more.");
  return role;
}

/** @returns the roles with these ids in role order. @throws UserError when one is gone; Forbidden when it exceeds the actor. */
export async function grantable(tx: Tx, access: Access, ids: readonly string[]): Promise<GivenRole[]> {
  const chosen = (await givenRoles(tx, access)).filter(({ id }) => ids.includes(id));
  if (chosen.length < new Set(ids).size) throw new UserError("One of these roles does not exist any more.", "roles");
  refuseBeyond(chosen);
  return chosen;
}

/** @throws Forbidden when one of them may do more than the actor in the role acted in. */
export function refuseStronger(targets: readonly Target[]): void {
  for (const target of targets) refuseBeyond(target.roles);
}

function refuseBeyond(held: readonly GivenRole[]): void {
  const reason = exceeds(held);
  if (reason) throw new Forbidden(reason);
}

/** @throws UserError with the sentence when the actor is among them. */
export function refuseOwn(access: Access, targets: readonly Target[], sentence: string): void {
  if (targets.some(({ id }) => id === access.userId)) throw new UserError(sentence);
}

/** Audits what the roles of a user are now, beside what they were. @returns the sentence that says so. */
export async function noteRoles({ access, tx, audit }: Context, before: Target): Promise<string> {
  const { id, username, roles } = await getTarget(tx, access, before.id);
  audit({
    action: "user.roles",
    target: username,
    targetId: id,
    before: rolesForLog(before.roles),
    after: rolesForLog(roles),
  });
  return `${username} now has: ${rolesInWords(roles, access.account.timeZone)}.`;
}
