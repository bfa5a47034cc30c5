import type { Mark } from "@/lib/access/marks";
import { type AggregateRight, isAggregate, type Right } from "@/lib/access/registry";
import { transaction } from "@/lib/db";
import { roleScopes, roles } from "@/lib/db/schema/access";

export type Marks = Partial<Record<AggregateRight, readonly Mark[]>>;

export const ALL: readonly Mark[] = [{ type: null, elementId: null, included: true }];
export const only = (...elementIds: string[]): Mark[] =>
  elementIds.map((elementId) => ({ type: null, elementId, included: true }));

/** Makes a role of the account's own. @param marks what aggregate rights cover; everything where nothing is said. @returns its id. */
export async function addRole(name: string, rights: readonly Right[], marks: Marks = {}): Promise<string> {
  return transaction(async (tx) => {
    const [role] = await tx
      .insert(roles)
      .values({ name, position: 9, rights: [...rights] })
      .returning({ id: roles.id });
    if (!role) throw new Error("No role was made.");
    const rows = rights
      .filter(isAggregate)
      .flatMap((right) => (marks[right] ?? ALL).map((mark) => ({ ...mark, roleId: role.id, right })));
    if (rows.length > 0) await tx.insert(roleScopes).values(rows);
    return role.id;
  });
}
