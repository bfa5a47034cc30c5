import { getMenusOfRoles } from "@/lib/menus/queries";
import { RoleMenuWarnings } from "./role-menu-warnings";

/** On the page of a role, inside its draft: what it may open and no menu shows it, and links that wait for a role to see them. */
export async function MenuWarnings() {
  const { menus, roles } = await getMenusOfRoles();
  return <RoleMenuWarnings menus={menus} roles={roles} />;
}
