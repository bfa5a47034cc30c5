import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { prepareAccount } from "@/lib/auth/set-up";
import { closeDatabase, openDatabase, openPglite, replaceDatabase, transaction } from "@/lib/db";
import { createDatabase } from "./postgres";

/** Opens an empty account in memory for this test file; call in `beforeAll`. */
export async function openTestDatabase(): Promise<void> {
  const file = snapshotFile();
  const loadDataDir = existsSync(file) ? new Blob([readFileSync(file)]) : undefined;
  const client = new PGlite({ extensions: { pg_trgm }, loadDataDir });
  replaceDatabase(await openPglite(client));
  await transaction(prepareAccount);
  if (!loadDataDir) await keep(client, file);
}

/**
 * Opens an empty account in a database of its own on a real PostgreSQL; call in `beforeAll`. It changes DATABASE_URL of the process.
 * @param server TEST_POSTGRES_URL. @param name of the database: lower case letters, digits and _
 */
export async function openOnPostgres(server: string, name: string): Promise<void> {
  process.env.DATABASE_URL = await createDatabase(server, name);
  await openDatabase();
  await transaction(prepareAccount);
}

export const closeTestDatabase = closeDatabase;

/** Migrating takes seconds, loading a copy does not: one copy per state of what makes an empty account. */
function snapshotFile(): string {
  const sources = [
    ...readdirSync("drizzle")
      .filter((name) => name.endsWith(".sql"))
      .map((name) => path.join("drizzle", name)),
    "lib/access/registry.ts",
    "lib/auth/set-up.ts",
  ];
  const hash = createHash("sha256");
  for (const source of sources) hash.update(readFileSync(source));
  return path.join(os.tmpdir(), `backupchecks-test-${hash.digest("hex").slice(0, 16)}.tar`);
}

async function keep(client: PGlite, file: string): Promise<void> {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, Buffer.from(await (await client.dumpDataDir("none")).arrayBuffer()));
  renameSync(mine, file);
}
