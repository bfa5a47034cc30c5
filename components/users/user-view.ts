import { formatEnd, formatMoment, formatTyped } from "@/lib/format";
import type { UserRow } from "@/lib/users/queries";
import type { RoleView, UserView } from "./types";

type Viewer = { userId: string; timeZone: string };

/** @param roles all there are, in role order. @returns the user as the list shows them to this viewer: moments as text. */
export function userView({ assigned, ...row }: UserRow, roles: readonly RoleView[], viewer: Viewer): UserView {
  const { userId, timeZone } = viewer;
  const held = assigned.filter(({ isHeld }) => isHeld);
  const isStronger = roles.some(({ id, grantable }) => !grantable && held.some(({ roleId }) => roleId === id));
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    email: row.email ?? "",
    isDisabled: row.disabledAt !== null,
    mustChange: row.mustChangePassword,
    lastSignIn: row.lastSignInAt ? formatMoment(row.lastSignInAt, timeZone) : "",
    version: row.version,
    roleIds: held.map(({ roleId }) => roleId),
    ends: held.flatMap(({ roleId, until, reason }) =>
      until || reason ? [{ roleId, reason, ...(until ? textsOf(until, timeZone) : { until: "", value: "" }) }] : [],
    ),
    expired: roles.flatMap(({ id, name }) => {
      const { until } = assigned.find(({ roleId, isHeld }) => !isHeld && roleId === id) ?? {};
      return until ? [{ name, at: formatEnd(until, timeZone) }] : [];
    }),
    isOwn: row.id === userId,
    isManageable: row.id !== userId && !isStronger,
  };
}

const textsOf = (until: Date, timeZone: string) => ({
  until: formatEnd(until, timeZone),
  value: formatTyped(until, timeZone),
});
