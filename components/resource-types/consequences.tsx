import type { CoveringRole, ResourceType } from "@/lib/resource-types/queries";

type Props = { from: ResourceType; into: ResourceType; roles: CoveringRole[] | null };

/** Which roles win or lose the jobs of a type that become jobs of another. */
export function Consequences({ from, into, roles }: Props) {
  if (!roles) return <p>Roles that cover types may gain or lose these jobs.</p>;
  const covers = (role: CoveringRole, { id }: ResourceType) => role.types.includes(id);
  const gaining = roles.filter((role) => covers(role, into) && !covers(role, from));
  const losing = roles.filter((role) => covers(role, from) && !covers(role, into));
  if (gaining.length + losing.length === 0) return <p role="status">Every role covers the same jobs as before.</p>;
  return (
    <div role="status" className="grid gap-1">
      {gaining.length > 0 && (
        <p>
          Will cover these jobs: <b>{namesOf(gaining)}</b>.
        </p>
      )}
      {losing.length > 0 && (
        <p>
          Will not cover them any more: <b>{namesOf(losing)}</b>.
        </p>
      )}
      <p className="text-muted text-sm">Jobs that a role covers or leaves out one by one stay as they are.</p>
    </div>
  );
}

const namesOf = (roles: CoveringRole[]): string => roles.map(({ name }) => name).join(", ");
