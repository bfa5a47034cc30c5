import { Card } from "@/components/ui/card";
import { getMenusOfRoles } from "@/lib/menus/queries";
import { menuWarnings } from "@/lib/menus/warnings";
import { WarningList } from "./warning-list";

/** On the page of a role: what it may open and no menu shows it, and links that wait for a role to see them. */
export async function MenuWarnings({ roleId }: { roleId: string }) {
  const { menus, roles } = await getMenusOfRoles();
  const all = menuWarnings(menus, roles);
  return (
    <Card title="Menus">
      <WarningList warnings={all.filter((warning) => warning.roleId === roleId || warning.roleId === null)} />
    </Card>
  );
}
