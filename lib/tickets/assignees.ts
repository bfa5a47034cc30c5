import "server-only";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Access } from "../access/can";
import { roleRightsOf } from "../access/holdings";
import { coversAccount } from "../access/scope";
import { isHeld } from "../access/session";
import type { Executor } from "../db";
import { assignments, users } from "../db/schema/access";
import type { Assignee } from "./types";

const MOST = 500;

/**
 * Who a ticket may be given to: for somebody who covers all customers everybody who may see tickets; for others
 * themselves, because the list of colleagues and of users of other customers is none of theirs.
 */
export async function assigneesFor(executor: Executor, access: Access): Promise<Assignee[]> {
  if (!coversAccount(access)) return [{ id: access.userId, username: access.username }];
  const roles = (await roleRightsOf(executor)).filter(({ rights }) => rights.has("tickets.view"));
  return executor
    .selectDistinct({ id: users.id, username: users.username })
    .from(users)
    .innerJoin(assignments, and(eq(assignments.userId, users.id), isHeld))
    .where(
      and(
        isNull(users.disabledAt),
        inArray(
          assignments.roleId,
          roles.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(users.username))
    .limit(MOST);
}
