import postgres from "postgres";
import { expect, test } from "vitest";
import { createDatabase } from "./support/postgres";

const url = process.env.TEST_POSTGRES_URL ?? "";

test.skipIf(!url)("a test makes a PostgreSQL database of its own, empty each time", async () => {
  for (const _round of [1, 2]) {
    const sql = postgres(await createDatabase(url, "support_test"), { max: 1 });
    await sql`create table things (id int)`;
    expect(await sql`select current_database() as name, version() like 'PostgreSQL%' as real`).toEqual([
      { name: "support_test", real: true },
    ]);
    await sql.end();
  }
});
