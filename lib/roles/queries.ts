import "server-only";
import { requireRight } from "../access/guard";
import { holdingsOf, lackingOf } from "../access/holdings";
import { db } from "../db";

export type RoleChoice = {
  id: string;
  name: string;
  /** Whether who looks holds all that it holds, and so may give it to somebody. */
  grantable: boolean;
};

/** @returns the roles one may assign or see assigned, in role order. */
export async function listRoleChoices(): Promise<RoleChoice[]> {
  const access = await requireRight("users.manage");
  const all = await holdingsOf(db());
  const lacking = await lackingOf(db(), access, all);
  return all.map(({ id, name }, at) => ({ id, name, grantable: lacking[at]?.length === 0 }));
}
