import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { HeldArea, Insight } from "@/lib/insight/queries";

/** What each role held now allows; one acts in one of them at a time. */
export function RolesOfUser({ user }: { user: Insight }) {
  if (user.held.length === 0)
    return <EmptyState title={`${user.username} holds no role now.`}>Nothing opens for them.</EmptyState>;
  return user.held.map((role) => (
    <Card key={role.id} title={`As ${role.name}`}>
      {role.areas.length > 0 ? <Areas areas={role.areas} /> : <p>This role holds no right.</p>}
    </Card>
  ));
}

function Areas({ areas }: { areas: HeldArea[] }) {
  return (
    <div className="gap-x-8 sm:columns-2 xl:columns-3">
      {areas.map(({ area, rights }) => (
        <section key={area} className="mb-4 break-inside-avoid">
          <h3 className="text-muted text-sm">{area}</h3>
          <ul className="grid gap-0.5">
            {rights.map(({ right, label, scope }) => (
              <li key={right} className="min-w-0 break-words">
                {label} {scope && <span className="text-muted">{scope}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
