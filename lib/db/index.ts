import "server-only";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { env } from "../env";
import { lockFolder } from "./lock";
import "./quiet-errors";

export type Db = PgDatabase<PgQueryResultHKT>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** Anything one can read with: the database, or the transaction one is in. */
export type Executor = Db | Tx;

/** `writes`: where transactions begin, when that is not where one reads. */
type Open = { db: Db; writes?: Db; close: () => Promise<void> };

const casing = "snake_case" as const;
// With pipelining a connection that dies inside a transaction wedges the pool (porsager/postgres#1208). Not in the typings.
const noPipelining: object = { max_pipeline: 1 };
const migrationsFolder = path.join(/*turbopackIgnore: true*/ process.cwd(), "drizzle");
// One per process: kept on globalThis so that it survives a hot reload.
const kept = globalThis as typeof globalThis & { __backupchecksDb?: Open };

/** @returns the open database. @throws Error before `openDatabase` was called and awaited. */
export function db(): Db {
  if (!kept.__backupchecksDb) throw new Error("The database is not open.");
  return kept.__backupchecksDb.db;
}

/**
 * Opens PostgreSQL (DATABASE_URL) or the embedded database (DATA_DIR) and brings its tables up to date. Safe to call twice.
 * @throws Error when the folder is in use by another process, or the database does not answer.
 */
export async function openDatabase(): Promise<Db> {
  if (process.env.NEXT_PHASE === "phase-production-build") throw new Error("A build must not open the database.");
  const { DATABASE_URL, DATA_DIR } = env();
  kept.__backupchecksDb ??= DATABASE_URL
    ? await openPostgres(DATABASE_URL)
    : await openEmbedded(path.resolve(DATA_DIR));
  return kept.__backupchecksDb.db;
}

/** Works on this database from now on: for tests. */
export function replaceDatabase(open: Open): void {
  kept.__backupchecksDb = open;
}

/** Ends all connections; the next `openDatabase` starts afresh. */
export async function closeDatabase(): Promise<void> {
  const open = kept.__backupchecksDb;
  kept.__backupchecksDb = undefined;
  await open?.close();
}

/**
 * The only way to write: sessions are read-only by default, so a statement that lost its transaction (a connection that
 * died and came back) is refused by the database instead of being stored on its own. See docs/decisions/transactions.md.
 */
export function transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return (kept.__backupchecksDb?.writes ?? db()).transaction(run, { accessMode: "read write" });
}

/** Reads everything as it was at one moment, however long it takes. */
export function snapshot<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  const options = { accessMode: "read only", isolationLevel: "repeatable read" } as const;
  return (kept.__backupchecksDb?.writes ?? db()).transaction(run, options);
}

async function openPostgres(url: string): Promise<Open> {
  await migrateUnderLock(url);
  // With `max_pipeline: 1` a BEGIN that queues behind a single statement gets no connection of its own (onexecute of
  // postgres.js is skipped), so transactions have a pool where nothing else is sent: docs/decisions/transactions.md.
  const half = Math.max(1, Math.floor(env().DATABASE_POOL / 2));
  const [reads, writes] = [openPool(url, Math.max(1, env().DATABASE_POOL - half)), openPool(url, half)];
  return {
    db: drizzlePostgres(reads, { casing }) as unknown as Db,
    writes: drizzlePostgres(writes, { casing }) as unknown as Db,
    close: async () => {
      await Promise.all([reads.end({ timeout: 5 }), writes.end({ timeout: 5 })]);
    },
  };
}

function openPool(url: string, max: number): postgres.Sql {
  return postgres(url, {
    max,
    ...noPipelining,
    connect_timeout: 5,
    // Its own waits grow to 20 seconds: so long would requests hang, and the way back take.
    backoff: () => 0.3,
    onnotice: () => {},
    connection: {
      application_name: "backupchecks",
      default_transaction_read_only: true,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
}

async function migrateUnderLock(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(7410002)`;
    await migratePostgres(drizzlePostgres(client), { migrationsFolder });
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function openEmbedded(folder: string): Promise<Open> {
  const dataDir = path.join(folder, "pglite");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  lockFolder(folder);
  return openPglite(new PGlite({ dataDir, extensions: { pg_trgm } }));
}

/** @param client an embedded database, e.g. one in memory for a test. */
export async function openPglite(client: PGlite): Promise<Open> {
  await client.exec("set default_transaction_read_only = off");
  const database = drizzlePglite(client, { casing });
  await migratePglite(database, { migrationsFolder });
  await client.exec("set default_transaction_read_only = on");
  return { db: database as unknown as Db, close: () => client.close() };
}
