import "server-only";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { type Pack, pack } from "tar-stream";
import { snapshot, type Tx } from "../db";
import { columnsOf, fetched, measureLines, readLines } from "../db/lines";
import { mails } from "../db/schema/mails";
import { type Manifest, ownSchema, pepperMark } from "./manifest";
import { exportedTables, leftOut } from "./tables";

const MAILS_AT_ONCE = 4;

type Chunks = AsyncIterable<string> | Iterable<string | Uint8Array>;
type Measured = Manifest["tables"][number] & { table: PgTable; bytes: number };

/**
 * Packs everything into a tar archive, all of it as it was at one moment: `manifest.json`, `tables/<name>.jsonl`,
 * `mails/<id>.eml`. Takes the same memory for ten mails and for a million.
 * @param archive where it goes; whoever reads it must go on reading. @param signal gives it up.
 */
export function writeExport(archive: Pack, signal: AbortSignal): Promise<void> {
  return snapshot(async (tx) => {
    // However slow it is to read: the limits of the pool are meant for pages.
    await tx.execute(sql`select set_config('statement_timeout', '0', true), set_config('TimeZone', 'UTC', true),
      set_config('idle_in_transaction_session_timeout', '0', true)`);
    const tables = await measure(tx);
    const [counted] = await tx.select({ mails: sql<number>`count(*)::int` }).from(mails).where(hasSource);
    const manifest: Manifest = {
      ...{ format: "backupchecks-export", version: 1, schema: ownSchema(), createdAt: new Date().toISOString() },
      tables: tables.map(({ name, rows, columns }) => ({ name, rows, columns })),
      ...{ mails: counted?.mails ?? 0, leftOut, pepper: pepperMark() },
    };
    const head = `${JSON.stringify(manifest, null, 2)}\n`;
    await add(archive, signal, "manifest.json", Buffer.byteLength(head), [head]);
    for (const { table, name, columns, bytes } of tables)
      await add(archive, signal, `tables/${name}.jsonl`, bytes, readLines(tx, table, columns));
    await addSources(tx, archive, signal);
    archive.finalize();
  });
}

/** @returns an archive to write to. Why it was torn down is told by whoever did it, so its own word of it ends here. */
export function newArchive(): Pack {
  const archive = pack();
  archive.on("error", () => {});
  return archive;
}

async function measure(tx: Tx): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { table, without = [] } of exportedTables) {
    const columns = (await columnsOf(tx, table)).filter((name) => !without.includes(name));
    measured.push({ table, name: getTableName(table), columns, ...(await measureLines(tx, table, columns)) });
  }
  return measured;
}

/** Of those that are emptied, and of parts of a digest, there is none. */
const hasSource = sql`octet_length(${mails.raw}) > 0`;

async function addSources(tx: Tx, archive: Pack, signal: AbortSignal): Promise<void> {
  const select = sql`select id, raw from ${mails} where ${hasSource}`;
  for await (const { id, raw } of fetched<{ id: string; raw: Uint8Array }>(tx, select, MAILS_AT_ONCE))
    await add(archive, signal, `mails/${id}.eml`, raw.byteLength, [raw]);
}

async function add(archive: Pack, signal: AbortSignal, name: string, size: number, chunks: Chunks): Promise<void> {
  signal.throwIfAborted();
  let giveUp = () => {};
  await new Promise<void>((resolve, reject) => {
    const entry = archive.entry({ name, size, mode: 0o600 }, (error) => (error ? reject(error) : resolve()));
    // An archive that is torn down tells nobody, and the transaction around would wait for ever.
    entry.on("error", reject);
    giveUp = () => reject(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });
    fill(entry as unknown as Writable, chunks, signal).catch(reject);
  }).finally(() => signal.removeEventListener("abort", giveUp));
}

async function fill(entry: Writable, chunks: Chunks, signal: AbortSignal): Promise<void> {
  for await (const chunk of chunks) if (!entry.write(Buffer.from(chunk))) await once(entry, "drain", { signal });
  entry.end();
}
