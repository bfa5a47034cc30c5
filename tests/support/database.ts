import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { prepareAccount } from "@/lib/auth/set-up";
import { closeDatabase, openPglite, transaction, replaceDatabase } from "@/lib/db";

/** Opens an empty account in memory for this test file; call in `beforeAll`. */
export async function openTestDatabase(): Promise<void> {
  replaceDatabase(await openPglite(new PGlite({ extensions: { pg_trgm } })));
  await transaction(prepareAccount);
}

export const closeTestDatabase = closeDatabase;
