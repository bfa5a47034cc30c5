import "server-only";
import { sql } from "drizzle-orm";
import { db } from "./db";

/** @returns whether the database answers within two seconds. */
export async function databaseAnswers(): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, 2000, false).unref());
  const answer = (async () => (await db().execute(sql`select 1`)) !== undefined)();
  return Promise.race([answer.catch(() => false), late]);
}
