import "server-only";
import { and, inArray, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { holdingsOf, lackingOf } from "../access/holdings";
import { coveredUsers } from "../access/scope";
import { isHeld } from "../access/session";
import type { Tx } from "../db";
import { assignments, users } from "../db/schema/access";
import { Forbidden, UserError } from "../errors";
import { exceeds, type GivenRole } from "./rules";

export type Target = {
  id: string;
  username: string;
  name: string;
  email: string | null;
  disabledAt: Date | null;
  version: number;
  /** Those held now, in role order. */
  roles: GivenRole[];
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
      roleIds: heldRoleIds,
    })
    .from(users)
    .where(and(inArray(users.id, wanted), coveredUsers(access)))
    .orderBy(sql`lower(${users.username})`);
  if (rows.length < wanted.length) throw new UserError("Somebody of these does not exist any more.");
  const all = await allRoles(tx, access);
  return rows.map(({ roleIds, ...row }) => ({ ...row, roles: all.filter(({ id }) => roleIds.includes(id)) }));
}

/** The ids of the roles that a user of `users` holds now. */
export const heldRoleIds = sql<string[]>`array(select ${assignments.roleId}::text from ${assignments}
  where ${assignments.userId} = ${users.id} and ${isHeld})`;

/** @returns every role in role order (product.md 4.3), with what of it the actor lacks. */
export async function allRoles(tx: Tx, access: Access): Promise<GivenRole[]> {
  const all = await holdingsOf(tx);
  const lacking = await lackingOf(tx, access, all);
  return all.map(({ id, name, everything }, at) => ({ id, name, isAdmin: everything, lacking: lacking[at] ?? [] }));
}

/** @returns the role, whether or not the actor might give it. @throws UserError when it is gone. */
export async function requireRole(tx: Tx, access: Access, id: string): Promise<GivenRole> {
  const role = (await allRoles(tx, access)).find((one) => one.id === id);
  if (!role) throw new UserError("This role does not exist any more.");
  return role;
}

/** @returns the roles with these ids in role order. @throws UserError when one is gone; Forbidden when it exceeds the actor. */
export async function grantable(tx: Tx, access: Access, ids: readonly string[]): Promise<GivenRole[]> {
  const chosen = (await allRoles(tx, access)).filter(({ id }) => ids.includes(id));
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
