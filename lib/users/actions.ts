"use server";
import { and, eq, sql } from "drizzle-orm";
import { lockAccess } from "../access/lock";
import { action } from "../action";
import { checkedHash } from "../auth/passwords";
import { db } from "../db";
import { users } from "../db/schema/access";
import { ConflictError, UserError } from "../errors";
import { addRoles, disable, enable, endSessions, remove, storeRoles } from "./changes";
import { changedMeanwhile, namesOf, rolesInWords } from "./rules";
import { createSchema, editSchema, oneSchema, passwordSchema, rolesSchema } from "./schema";
import { getTarget, grantable, noteRoles, refuseOwn, refuseStronger } from "./targets";

export const createUser = action(
  "users.manage",
  createSchema,
  async ({ access, tx, audit }, input, passwordHash: string) => {
    const chosen = await grantable(tx, access, input.roles);
    const { username, email } = input;
    const passwordChangeRequiredAt = input.must_change ? sql`now()` : null;
    const [made] = await tx
      .insert(users)
      .values({ username, email, passwordHash, passwordChangeRequiredAt })
      .returning({ id: users.id });
    if (!made) throw new Error("No user was made.");
    await addRoles(
      tx,
      chosen.map(({ id }) => ({ userId: made.id, roleId: id })),
      access.userId,
    );
    const after = { username, email, roles: chosen.map(({ name }) => name) };
    audit({ action: "user.create", target: username, targetId: made.id, after });
    return { message: `User ${username} was created.`, data: { username } };
  },
  {
    name: "user.create",
    lock: lockAccess,
    prepare: (input, access) => checkedHash(access, input.username, input.password, "password"),
  },
);

export const saveRoles = action(
  "users.manage",
  rolesSchema,
  async (context, input) => {
    const { access, tx } = context;
    const target = await getTarget(tx, access, input.id);
    const chosen = await grantable(tx, access, input.roles);
    if (target.version !== input.version) {
      const stored = rolesInWords(target.roles, access.account.timeZone);
      throw new ConflictError(changedMeanwhile(target.username, stored));
    }
    if (chosen.length === 0 && !input.no_role) {
      throw new UserError(`${target.username} will have no role and can open nothing. Choose one, or confirm this.`);
    }
    await storeRoles(tx, target.id, input.roles, access.userId);
    return noteRoles(context, target);
  },
  { name: "user.roles", lock: lockAccess },
);

export const editUser = action(
  "users.manage",
  editSchema,
  async ({ access, tx, audit }, { id, version, name, email }) => {
    const target = await getTarget(tx, access, id);
    refuseOwn(access, [target], "Change your own name and e-mail under My Account.");
    refuseStronger([target]);
    const updated = await tx
      .update(users)
      .set({ name, email, version: sql`${users.version} + 1` })
      .where(and(eq(users.id, id), eq(users.version, version)))
      .returning({ id: users.id });
    if (updated.length === 0) {
      const stored = `name "${target.name}", e-mail "${target.email ?? ""}", roles ${namesOf(target.roles)}`;
      throw new ConflictError(changedMeanwhile(target.username, stored));
    }
    const before = { name: target.name, email: target.email };
    audit({ action: "user.edit", target: target.username, targetId: id, before, after: { name, email } });
    return `${target.username} was saved.`;
  },
  { name: "user.edit", lock: lockAccess },
);

export const setPassword = action(
  "users.manage",
  passwordSchema,
  async ({ access, tx, audit }, { id, must_change }, passwordHash: string) => {
    const target = await getTarget(tx, access, id);
    refuseOwn(access, [target], "Change your own password under My Account.");
    refuseStronger([target]);
    await tx
      .update(users)
      .set({ passwordHash, passwordChangeRequiredAt: must_change ? sql`now()` : null })
      .where(eq(users.id, id));
    await endSessions(tx, [id]);
    audit({ action: "user.password", target: target.username, targetId: id, after: { mustChange: must_change } });
    return `${target.username} has a new password. Their sessions ended.`;
  },
  {
    name: "user.password",
    lock: lockAccess,
    prepare: async (input, access) => {
      const [user] = await db().select({ username: users.username }).from(users).where(eq(users.id, input.id));
      return checkedHash(access, user?.username ?? "", input.new_password, "new_password");
    },
  },
);

export const disableUser = action(
  "users.manage",
  oneSchema,
  async ({ access, tx, audit }, { id }) => {
    const target = await getTarget(tx, access, id);
    refuseOwn(access, [target], "You cannot disable your own account.");
    refuseStronger([target]);
    if (target.disabledAt) throw new UserError(`${target.username} is disabled already.`);
    await disable(tx, [id]);
    audit({ action: "user.disable", target: target.username, targetId: id });
    return `${target.username} was disabled. Their sessions ended.`;
  },
  { name: "user.disable", lock: lockAccess },
);

export const enableUser = action(
  "users.manage",
  oneSchema,
  async ({ access, tx, audit }, { id }) => {
    const target = await getTarget(tx, access, id);
    refuseStronger([target]);
    if (!target.disabledAt) throw new UserError(`${target.username} is enabled already.`);
    await enable(tx, id);
    audit({ action: "user.enable", target: target.username, targetId: id });
    return `${target.username} was enabled.`;
  },
  { name: "user.enable", lock: lockAccess },
);

export const deleteUser = action(
  "users.manage",
  oneSchema,
  async ({ access, tx, audit }, { id }) => {
    const target = await getTarget(tx, access, id);
    refuseOwn(access, [target], "You cannot delete your own account.");
    refuseStronger([target]);
    await remove(tx, id);
    const before = { name: target.name, email: target.email, roles: target.roles.map(({ name }) => name) };
    audit({ action: "user.delete", target: target.username, targetId: id, before });
    return `${target.username} was deleted.`;
  },
  { name: "user.delete", lock: lockAccess },
);
