import "server-only";
import { requireRight } from "../access/guard";
import { roleRightsOf } from "../access/holdings";
import { db } from "../db";
import { type Menus, menusOf } from "./rules";
import { storedMenus } from "./stored";
import { type MenuRole, opensOf } from "./warnings";

export type MenusAndRoles = { menus: Menus; roles: MenuRole[] };

/** @returns the menus of the account for the editor, with hidden links, and what each role may open. */
export async function getMenus(): Promise<MenusAndRoles> {
  await requireRight("menus.manage");
  return menusAndRoles();
}

/** @returns the same for who looks after roles. */
export async function getMenusOfRoles(): Promise<MenusAndRoles> {
  await requireRight("roles.manage");
  return menusAndRoles();
}

async function menusAndRoles(): Promise<MenusAndRoles> {
  const [stored, roles] = await Promise.all([storedMenus(db()), roleRightsOf(db())]);
  return {
    menus: menusOf(stored),
    roles: roles.map(({ id, name, everything, rights }) => ({ id, name, everything, opens: opensOf(rights) })),
  };
}
