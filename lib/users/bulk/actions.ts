"use server";
import { noteExpired } from "../../access/expire";
import { lockAccess } from "../../access/lock";
import { settleSessions } from "../../access/settle";
import { action } from "../../action";
import { UserError } from "../../errors";
import { formatCount } from "../../format";
import { addRoles, disable, removeRole as take, touchUsers } from "../changes";
import { rolesForLog } from "../rules";
import { endAt, getTargets, grantable, refuseOwn, refuseStronger, requireRole } from "../targets";
import { assignSchema, manyRoleSchema, manySchema } from "./schema";

/** All or nothing: the role is given to those selected who lack it, until a moment if one is named. */
export const assignRole = action(
  "users.manage",
  assignSchema,
  async ({ access, tx, audit }, input) => {
    const role = await requireRole(tx, access, input.role);
    await grantable(tx, access, [role.id]);
    const lacking = (await getTargets(tx, access, input.ids)).filter(
      ({ roles }) => !roles.some(({ id }) => id === role.id),
    );
    if (lacking.length === 0) throw new UserError(`All of them have ${role.name} already.`);
    const ids = lacking.map(({ id }) => id);
    const given = { until: await endAt(tx, access, input.until), reason: input.reason };
    await noteExpired(tx, ids);
    await addRoles(
      tx,
      ids.map((userId) => ({ userId, roleId: role.id, ...given })),
      access.userId,
    );
    await touchUsers(tx, ids);
    await settleSessions(tx, ids);
    for (const { id, username, roles } of lacking) {
      const before = rolesForLog(roles);
      const after = rolesForLog([...roles, { ...role, ...given }]);
      audit({ action: "user.roles", target: username, targetId: id, before, after });
    }
    return `${formatCount(lacking.length, "user")} got the role ${role.name}.`;
  },
  { name: "user.roles", lock: lockAccess },
);

/** All or nothing: the role is taken from those selected who have it. */
export const removeRole = action(
  "users.manage",
  manyRoleSchema,
  async ({ access, tx, audit }, input) => {
    const role = await requireRole(tx, access, input.role);
    const holding = (await getTargets(tx, access, input.ids)).filter(({ roles }) =>
      roles.some(({ id }) => id === role.id),
    );
    if (holding.length === 0) throw new UserError(`None of them has ${role.name}.`);
    const bare = holding.filter(({ roles }) => roles.length === 1).map(({ username }) => username);
    if (bare.length > 0 && !input.no_role) {
      throw new UserError(
        `Without any role and able to open nothing would be: ${bare.join(", ")}. Confirm this first.`,
      );
    }
    await take(
      tx,
      holding.map(({ id }) => id),
      role.id,
    );
    for (const { id, username, roles } of holding) {
      const before = rolesForLog(roles);
      const after = rolesForLog(roles.filter(({ id: held }) => held !== role.id));
      audit({ action: "user.roles", target: username, targetId: id, before, after });
    }
    return `${role.name} was taken from ${formatCount(holding.length, "user")}.`;
  },
  { name: "user.roles", lock: lockAccess },
);

/** All or nothing. */
export const disableUsers = action(
  "users.manage",
  manySchema,
  async ({ access, tx, audit }, input) => {
    const targets = await getTargets(tx, access, input.ids);
    refuseOwn(access, targets, "You cannot disable your own account.");
    refuseStronger(targets);
    const enabled = targets.filter(({ disabledAt }) => !disabledAt);
    if (enabled.length === 0) throw new UserError("All of them are disabled already.");
    await disable(
      tx,
      enabled.map(({ id }) => id),
    );
    for (const { id, username } of enabled) audit({ action: "user.disable", target: username, targetId: id });
    return `${formatCount(enabled.length, "user was", "users were")} disabled. Their sessions ended.`;
  },
  { name: "user.disable", lock: lockAccess },
);
