import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import type { Access } from "@/lib/access/can";
import { type Right, rights } from "@/lib/access/registry";
import { formatCount } from "@/lib/format";

/** What each of the own roles may do, in the registry's words. */
export function OwnRoles({ access }: { access: Access }) {
  const active = new Set(access.active.map(({ id }) => id));
  return (
    <div className="grid gap-2">
      {access.roles.map((role) => (
        <details key={role.id} open={active.has(role.id)}>
          <summary className="py-1">
            <span className="mr-2 font-semibold">{role.name}</span>
            {active.has(role.id) && <Badge tone="info">Active</Badge>}
            <span className="ml-2 text-muted text-sm">{formatCount(role.rights.size, "right")}</span>
          </summary>
          <div className="pt-1 pb-2 pl-4">
            <DescriptionList items={byArea(role.rights)} />
          </div>
        </details>
      ))}
    </div>
  );
}

function byArea(held: ReadonlySet<Right>): { term: string; value: string }[] {
  const labels = new Map<string, string[]>();
  for (const { right, area, label } of rights) {
    if (held.has(right)) labels.set(area, [...(labels.get(area) ?? []), label]);
  }
  return [...labels].map(([term, value]) => ({ term, value: value.join(", ") }));
}
