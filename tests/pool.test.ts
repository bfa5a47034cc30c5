import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, openDatabase, transaction } from "@/lib/db";
import { createDatabase } from "./support/postgres";

const url = process.env.TEST_POSTGRES_URL ?? "";
/** More than the pool has connections. */
const CLIENTS = 40;
const ROUNDS = 30;

describe.skipIf(!url)("on a PostgreSQL whose connections are all in use", () => {
  beforeAll(async () => {
    process.env.DATABASE_URL = await createDatabase(url, "pool_test");
    await openDatabase();
  });
  afterAll(closeDatabase);

  test("each transaction keeps its connection to itself, and every read is answered", async () => {
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let round = 0; round < ROUNDS; round++) {
        if ((client + round) % 2) await db().execute(sql`select pg_sleep(0.002)`);
        else expect(await placesOfOneTransaction()).toHaveLength(1);
      }
    });
    const ended = await Promise.allSettled(clients);
    expect([...new Set(ended.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : [])))]).toEqual([]);
  });
});

/** @returns the different connections and starts that the statements of one transaction see: `now()` is its start. */
async function placesOfOneTransaction(): Promise<string[]> {
  return transaction(async (tx) => {
    const places = new Set<string>();
    for (let statement = 0; statement < 3; statement++) {
      const rows = await tx.execute(sql`select pg_backend_pid() || ' ' || now() as place`);
      places.add((rows as unknown as { place: string }[])[0]?.place ?? "");
    }
    return [...places];
  });
}
