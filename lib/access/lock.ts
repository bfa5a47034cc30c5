import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "../db";

/**
 * Makes changes of who may do what wait for each other, until the transaction ends; take it before anything is read.
 * The number is that of the trigger in drizzle/0001: whoever touches users or assignments without it risks a deadlock.
 */
export async function lockAccess(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7410001)`);
}
