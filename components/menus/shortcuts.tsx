import { ButtonLink } from "@/components/ui/button";
import type { Access } from "@/lib/access/can";
import { menusFor } from "@/lib/menus/stored";

/** The row of links on the dashboard, as the active role sees it. */
export async function Shortcuts({ access }: { access: Access }) {
  const { shortcuts } = await menusFor(access);
  if (shortcuts.length === 0) return null;
  return (
    <nav aria-label="Dashboard shortcuts" className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
      {shortcuts.map((group) => (
        <div key={group.label ?? group.items[0]?.href} className="flex flex-wrap items-center gap-2">
          {group.label && <p className="font-semibold text-muted text-sm">{group.label}</p>}
          <ul aria-label={group.label ?? undefined} className="flex flex-wrap gap-2">
            {group.items.map(({ href, label }) => (
              <li key={href}>
                <ButtonLink href={href}>{label}</ButtonLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
