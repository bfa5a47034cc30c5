import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "../db";
import type { Access } from "./can";
import { coveredCustomers } from "./scope";

/** @returns whether a customer that is not there yet would be covered in this group (null: in none). No mark speaks of it. */
export async function coversNewCustomer(executor: Executor, access: Access, groupId: string | null): Promise<boolean> {
  const [asked] = await executor
    .select({ isCovered: sql<boolean>`${coveredCustomers(access)}` })
    .from(sql`(select null::uuid as id, ${groupId}::uuid as group_id) as customers`);
  return asked?.isCovered === true;
}
