import { ActionButton } from "@/components/form/action-button";
import { forgetExpiredRoles } from "@/lib/users/ends/actions";
import type { RoleView, UserView } from "./types";

/** What is stored: the roles held now with their ends, and below them those that expired. */
export function CurrentRoles({ user, roles }: { user: UserView; roles: RoleView[] }) {
  const held = roles.filter(({ id }) => user.roleIds.includes(id));
  const endOf = (id: string) => user.ends.find(({ roleId }) => roleId === id);
  return (
    <p className="text-muted text-sm max-sm:flex-1 sm:order-3 sm:w-full">
      Current:{" "}
      {held.length === 0
        ? "no role"
        : held.map(({ id, name }, at) => (
            <span key={id} title={endOf(id)?.reason || undefined}>
              {at > 0 && ", "}
              {name}
              {endOf(id)?.until && ` (until ${endOf(id)?.until})`}
            </span>
          ))}
    </p>
  );
}

/** Roles that ended by themselves: on record until they are given again, or forgotten. */
export function ExpiredRoles({ user }: { user: UserView }) {
  if (user.expired.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
      <p>Expired: {user.expired.map(({ name, at }) => `${name} (${at})`).join(", ")}</p>
      <ActionButton size="sm" variant="ghost" action={forgetExpiredRoles} hidden={{ id: user.id }}>
        Forget
        <span className="sr-only"> expired roles of {user.username}</span>
      </ActionButton>
    </div>
  );
}
