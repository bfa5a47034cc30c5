import "server-only";
import { eq, getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import { type Actor, auditDone } from "../audit";
import { type Tx, transaction } from "../db";
import { columnsOf, insertLater, insertLines, isEmpty } from "../db/lines";
import { auditEntries } from "../db/schema/access";
import { mails } from "../db/schema/mails";
import { mailSources } from "../db/schema/sources";
import { isDatabaseAway, UserError } from "../errors";
import { messageOf } from "../log";
import { limits } from "../mail/parse/limits";
import { type Manifest, manifestSchema, ownSchema, pepperMark } from "./manifest";
import { bytesOf, type ExportedFile, linesOf, readExport } from "./read";
import { type ExportedTable, exportedTables } from "./tables";

const AT_ONCE = 200;

export type Imported = {
  rows: number;
  mails: number;
  /** The passwords were hashed with another PASSWORD_PEPPER, so none of them works here. */
  isOtherPepper: boolean;
};

/**
 * Fills an empty installation from an export; ids stay what they were. All of it or nothing: one transaction.
 * @param file a .tar.gz made by `writeExport`. @param actor who is told in the audit log.
 * @throws UserError for an installation in use, an export of a newer version, or a file that is no whole export.
 */
export function importExport(file: string, actor: Actor): Promise<Imported> {
  return transaction(async (tx) => {
    await tx.execute(sql`select set_config('statement_timeout', '0', true), set_config('TimeZone', 'UTC', true),
      set_config('idle_in_transaction_session_timeout', '0', true)`);
    // The lock of /setup: both make the first administrator.
    await tx.execute(sql`select pg_advisory_xact_lock(7410003)`);
    await requireEmpty(tx);
    const imported = await readAll(tx, readExport(file));
    // They have no passwords here, and the installation that they came from may still read them.
    await tx.update(mailSources).set({ disabledAt: sql`coalesce(${mailSources.disabledAt}, now())` });
    const { isOtherPepper: _, ...after } = imported;
    await auditDone(tx, actor, [{ action: "data.import", target: "Everything", after }]);
    return imported;
  });
}

async function requireEmpty(tx: Tx): Promise<void> {
  for (const { table, prepared } of exportedTables) {
    // Somebody may have been refused before anybody was there to sign in.
    if (prepared || table === auditEntries || (await isEmpty(tx, table))) continue;
    throw new UserError(
      `This installation is in use: its table ${getTableName(table)} has rows. Import into a new one.`,
    );
  }
  for (const { table, prepared } of [...exportedTables].reverse()) if (prepared) await tx.delete(table);
}

async function readAll(tx: Tx, files: AsyncGenerator<ExportedFile>): Promise<Imported> {
  const first = (await files.next()).value as ExportedFile | undefined;
  if (first?.kind !== "manifest") throw new UserError("This is no export of BackupChecks: it has no manifest.");
  const manifest = await manifestOf(first);
  const due = [...exportedTables];
  let sources = 0;
  for await (const file of files) {
    if (file.kind === "mail") {
      sources++;
      await storeSource(tx, file);
      continue;
    }
    const next = due.shift();
    if (!next || file.kind !== "table" || file.name !== getTableName(next.table))
      throw new UserError(`This is no whole export: ${file.name} is not what comes next.`);
    await storeTable(tx, next, file, manifest);
  }
  if (due.length > 0 || sources !== manifest.mails) throw new UserError("This is no whole export: files are missing.");
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return { rows, mails: sources, isOtherPepper: manifest.pepper !== pepperMark() };
}

async function manifestOf(file: ExportedFile): Promise<Manifest> {
  const text = (await bytesOf(file, 1024 * 1024)).toString("utf8");
  const parsed = manifestSchema.safeParse(safeJson(text));
  if (!parsed.success) throw new UserError("This is no export of BackupChecks: its manifest says something else.");
  const own = ownSchema();
  const { schema } = parsed.data;
  if (schema.number > own.number || (schema.number === own.number && schema.name !== own.name))
    throw new UserError(
      `This export is of a newer version (${schema.name}, this is ${own.name}): update BackupChecks first.`,
    );
  return parsed.data;
}

async function storeTable(
  tx: Tx,
  { table, without = [], files = [], self }: ExportedTable,
  file: ExportedFile,
  manifest: Manifest,
) {
  const said = manifest.tables.find(({ name }) => name === file.name);
  const known = (await columnsOf(tx, table)).filter((name) => !without.includes(name));
  if (!said || said.columns.some((name) => !known.includes(name)))
    throw new UserError(`This export does not fit: it has other columns in ${file.name}.`);
  const pairs: { id: string; to: string }[] = [];
  let [rows, batch] = [0, [] as string[]];
  const flush = async () => {
    if (batch.length > 0)
      await stored(table, () => insertLines(tx, table, said.columns, self ? [self] : [], files, batch));
    batch = [];
  };
  for await (const line of linesOf(file.content)) {
    const row = rowOf(line, said.columns, file.name);
    if (self && row[self] !== null) pairs.push(pairSchema.parse({ id: row.id, to: row[self] }));
    rows++;
    if (batch.push(line) >= AT_ONCE) await flush();
  }
  await flush();
  if (self && pairs.length > 0) await stored(table, () => insertLater(tx, table, self, pairs));
  if (rows !== said.rows) throw new UserError(`This is no whole export: rows of ${file.name} are missing.`);
}

const pairSchema = z.object({ id: z.uuid(), to: z.uuid() });

function rowOf(line: string, columns: readonly string[], name: string): Record<string, unknown> {
  const row = safeJson(line);
  const isRow = typeof row === "object" && row !== null && !Array.isArray(row);
  const names = Object.keys(isRow ? row : {});
  if (names.length !== columns.length || names.some((column) => !columns.includes(column)))
    throw new UserError(`This is no export: a line of ${name} is no row of it.`);
  return row as Record<string, unknown>;
}

async function storeSource(tx: Tx, file: ExportedFile): Promise<void> {
  const raw = await bytesOf(file, limits.messageBytes);
  const updated = await tx.update(mails).set({ raw }).where(eq(mails.id, file.name)).returning({ id: mails.id });
  if (updated.length !== 1) throw new UserError(`This is no whole export: the mail ${file.name} has no row.`);
}

/** What the database refuses is a fault of the file. */
async function stored(table: PgTable, store: () => Promise<void>): Promise<void> {
  await store().catch((error: unknown) => {
    if (isDatabaseAway(error)) throw error;
    throw new UserError(`Rows of ${getTableName(table)} in this export do not fit: ${messageOf(error)}.`);
  });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
