"use server";
import { lockAccess } from "../../access/lock";
import { action } from "../../action";
import { ConflictError, UserError } from "../../errors";
import { forgetExpired, giveUntil } from "../changes";
import { changedMeanwhile, isLonger, rolesInWords } from "../rules";
import { oneSchema, untilSchema } from "../schema";
import { endAt, getTarget, grantable, noteRoles, refuseOwn, requireRole } from "../targets";

/** Gives one role until a moment, or changes the end of one that is held; the other roles stay as they are. */
export const assignUntil = action(
  "users.manage",
  untilSchema,
  async (context, input) => {
    const { access, tx } = context;
    const target = await getTarget(tx, access, input.id);
    const role = await requireRole(tx, access, input.role);
    const held = target.roles.find(({ id }) => id === role.id);
    const until = await endAt(tx, access, input.until);
    if (!held || isLonger(held.until, until)) await grantable(tx, access, [role.id]);
    if (held && isLonger(held.until, until)) refuseOwn(access, [target], "Somebody else must prolong your own role.");
    if (target.version !== input.version) {
      throw new ConflictError(changedMeanwhile(target.username, rolesInWords(target.roles, access.account.timeZone)));
    }
    await giveUntil(tx, { userId: target.id, roleId: role.id, until, reason: input.reason }, access.userId);
    return noteRoles(context, target);
  },
  { name: "user.roles", lock: lockAccess },
);

/** Takes expired roles off the list; the audit log keeps them. */
export const forgetExpiredRoles = action(
  "users.manage",
  oneSchema,
  async ({ access, tx, audit }, { id }) => {
    const target = await getTarget(tx, access, id);
    if (target.expired.length === 0) throw new UserError(`No role of ${target.username} has expired.`);
    await forgetExpired(tx, id);
    audit({ action: "user.forget_expired", target: target.username, targetId: id, before: { roles: target.expired } });
    return `${target.username}: expired roles are not shown any more.`;
  },
  { name: "user.forget_expired", lock: lockAccess },
);
