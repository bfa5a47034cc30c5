"use client";
import { useRoleDraft } from "@/components/roles/draft-context";
import { type MenuItems, type MenuRole, menuWarnings, opensOf } from "@/lib/menus/warnings";
import { WarningLines, WarningList } from "./warning-list";

/** The warnings of the menus for the role as it is in the editor now. */
export function RoleMenuWarnings({ menus, roles }: { menus: MenuItems; roles: readonly MenuRole[] }) {
  const { roleId, draft } = useRoleDraft();
  const id = roleId ?? "new";
  const everything = roles.some((role) => role.id === id && role.everything);
  const edited = { id, name: draft.name || "This role", everything, opens: opensOf(new Set(draft.rights)) };
  const all = menuWarnings(menus, [...roles.filter((role) => role.id !== id), edited]);
  const unseen = all.filter((warning) => warning.roleId === null);
  return (
    <section aria-label="Menus">
      <h3 className="text-muted text-sm">Menus</h3>
      <div className="grid gap-1">
        <WarningList warnings={all.filter((warning) => warning.roleId === id)} />
        {unseen.length > 0 && (
          <details open={everything}>
            <summary className="cursor-pointer">Links that hardly anybody is shown ({unseen.length})</summary>
            <WarningLines warnings={unseen} />
          </details>
        )}
      </div>
    </section>
  );
}
