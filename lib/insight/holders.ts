import "server-only";
import { and, inArray, isNull, or } from "drizzle-orm";
import { type RoleHolding, roleRightsOf, withMarks } from "../access/holdings";
import type { Executor } from "../db";
import { roleScopes } from "../db/schema/access";
import type { Question } from "./explain";

/** @returns every role in role order, with those of its marks alone that decide about the rows of the chain. */
export async function holdersAbout(executor: Executor, chain: readonly Question[]): Promise<RoleHolding[]> {
  const ids = chain.flatMap(({ row }) => row?.id ?? []);
  const marks = await executor
    .select()
    .from(roleScopes)
    .where(
      and(
        inArray(
          roleScopes.right,
          chain.map(({ right }) => right),
        ),
        or(isNull(roleScopes.elementId), inArray(roleScopes.elementId, ids)),
      ),
    );
  return withMarks(await roleRightsOf(executor), marks);
}
