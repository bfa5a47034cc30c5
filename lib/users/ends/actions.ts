"use server";
import { lockAccess } from "../../access/lock";
import { action } from "../../action";
import { ConflictError, UserError } from "../../errors";
import { forgetExpired, giveUntil } from "../changes";
import { changedMeanwhile, isLonger, rolesForLog, rolesInWords } from "../rules";
import { oneSchema, untilSchema } from "../schema";
import { endAt, getTarget, grantable, refuseOwn, requireRole } from "../targets";

/** Gives one role until a moment, or changes the end of one that is held; the other roles stay as they are. */
export const assignUntil = action(
  "users.manage",
  untilSchema,
  async ({ access, tx, audit }, input) => {
    const { timeZone } = access.account;
    const target = await getTarget(tx, access, input.id);
    const role = await requireRole(tx, access, input.role);
    const held = target.roles.find(({ id }) => id === role.id);
    const until = await endAt(tx, access, input.until);
    if (!held || isLonger(held.until, until)) await grantable(tx, access, [role.id]);
    if (held && isLonger(held.until, until)) refuseOwn(access, [target], "Somebody else must prolong your own role.");
    if (target.version !== input.version) {
      throw new ConflictError(changedMeanwhile(target.username, rolesInWords(target.roles, timeZone)));
    }
    await giveUntil(tx, { userId: target.id, roleId: role.id, until, reason: input.reason }, access.userId);
    const { roles } = await getTarget(tx, access, target.id);
    audit({
      action: "user.roles",
      target: target.username,
      targetId: target.id,
      before: rolesForLog(target.roles),
      after: rolesForLog(roles),
    });
    return `${target.username} now has: ${rolesInWords(roles, timeZone)}.`;
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
