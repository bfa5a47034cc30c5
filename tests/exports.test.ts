import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getTableName, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as exportDoor } from "@/app/api/data/export/route";
import { prepareAccount } from "@/lib/auth/set-up";
import { closeDatabase, db, openDatabase, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers, jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { outgoing } from "@/lib/db/schema/outgoing";
import { runs } from "@/lib/db/schema/runs";
import { mailSources } from "@/lib/db/schema/sources";
import { importExport } from "@/lib/exports/import";
import { exportedTables, leftOut } from "@/lib/exports/tables";
import { exportToFile } from "@/lib/exports/to-file";
import { actAs, person } from "./support/acting";
import { type File, packInto, unpacked } from "./support/archives";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { plantRows } from "./support/http/rows";
import { createDatabase } from "./support/postgres";
import { ALL, addRole, only } from "./support/roles";

const server = process.env.TEST_POSTGRES_URL ?? "";
const actor = { id: null, name: "tests", role: "", address: "" };
const MAILS = 200;
const SEALED = "sealed-canary-5b1";
const folder = mkdtempSync(join(tmpdir(), "backupchecks-exports-"));
const first = join(folder, "first.tar.gz");

beforeAll(async () => {
  if (server) process.env.DATABASE_URL = await createDatabase(server, "exports");
  await openTestDatabase();
  await person("ada", "Admin");
  await transaction(plantRows);
  await transaction(async (tx) => {
    await tx.update(mailSources).set({ secrets: SEALED, disabledAt: null });
    await tx
      .update(outgoing)
      .set({ smtpPassword: SEALED, webhookSecret: SEALED, webhookUrl: `https://a.example/${SEALED}` });
  });
  await plantMails();
  await exportToFile(first);
});
afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true });
});

/** Bytes of every kind, words of every script, a digest whose part came before it, and a missed run that came late. */
async function plantMails(): Promise<void> {
  const [job] = await db().select().from(jobs);
  if (!job) throw new Error("No job was planted.");
  await transaction(async (tx) => {
    const made = Array.from({ length: MAILS }, (_, n) => ({
      ...({ source: "intake", broughtBy: "tests", dedupeKey: `exported ${n}`, sizeBytes: 300, jobId: job.id } as const),
      ...{
        subject: `Nächtliche Sicherung \u2028 № ${n} 備份 "quoted" \\ back`,
        text: "line\nline\r\n\ttab",
        kind: "run" as const,
      },
      raw: Buffer.from(Array.from({ length: 300 }, (_, at) => (at * n) % 256)),
      parsed: [{ bytes: 123_456_789_012_345, ratio: 0.1 }],
    }));
    const stored = await tx.insert(mails).values(made).returning({ id: mails.id });
    const [part, digest, emptied] = stored;
    await tx.update(mails).set({ parentId: digest?.id }).where(sql`id = ${part?.id}`);
    await tx
      .update(mails)
      .set({ raw: Buffer.alloc(0), rawPurgedAt: new Date() })
      .where(sql`id = ${emptied?.id}`);
    const ranAt = new Date("2026-03-29T01:30:00.123Z");
    const [late] = await tx
      .insert(runs)
      .values({ jobId: job.id, status: "success", ranAt, sizeBytes: 9_007_199_254_740_991 })
      .returning();
    await tx
      .insert(runs)
      .values({ jobId: job.id, status: "missed", ranAt, slotDate: "2026-03-29", slotIndex: 0, lateRunId: late?.id });
  });
}

/** @returns the content of every file: the lines of a table in an order of their own, without entries of this very import. */
async function contentsOf(archive: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const { header, content } of await unpacked(archive)) {
    const lines = content
      .toString("latin1")
      .split("\n")
      .filter((line) => !line.includes('"data.import"'));
    // Sources arrive paused.
    const same = header.name.endsWith("sources.jsonl")
      ? lines.map((line) => line.replace(/"disabled_at": [^,]+/, ""))
      : lines;
    if (header.name !== "manifest.json")
      contents[header.name] = header.name.endsWith(".jsonl") ? same.sort().join("\n") : content.toString("latin1");
  }
  return contents;
}

test("every table is in it, or is said to stay behind", async () => {
  const found = await db()
    .select({ name: sql<string>`tablename` })
    .from(sql`pg_tables`)
    .where(sql`schemaname = 'public'`);
  const told = [...exportedTables.map(({ table }) => getTableName(table)), ...Object.keys(leftOut)];
  expect(told.sort()).toEqual(found.map(({ name }) => name).sort());
});

test("the archive begins with its manifest, has a file per table and per message, and no secret of a mailbox", async () => {
  const files = await unpacked(first);
  const manifest = JSON.parse(files[0]?.content.toString() ?? "");
  expect(files[0]?.header.name).toBe("manifest.json");
  expect(manifest).toMatchObject({ format: "backupchecks-export", version: 1, leftOut });
  for (const { name, rows, columns } of manifest.tables as { name: string; rows: number; columns: string[] }[]) {
    const content = files.find(({ header }) => header.name === `tables/${name}.jsonl`)?.content.toString() ?? "";
    expect(content.split("\n").length - 1, name).toBe(rows);
    if (rows > 0)
      expect(Object.keys(JSON.parse(content.split("\n")[0] ?? "")).sort(), name).toEqual([...columns].sort());
  }
  // Those planted with the account, and those planted here of which one is emptied.
  const planted = await db().select({ id: mails.id }).from(mails).where(sql`octet_length(raw) > 0`);
  expect(planted.length).toBeGreaterThanOrEqual(MAILS);
  expect(files.filter(({ header }) => header.name.startsWith("mails/"))).toHaveLength(planted.length);
  expect(files.filter(({ content }) => content.includes(SEALED))).toEqual([]);
});

describe("who may export", () => {
  const knock = async (who: Parameters<typeof actAs>[0]) => {
    actAs(who);
    return exportDoor(new Request("http://localhost/api/data/export"), { params: Promise.resolve({}) });
  };

  test("a role that leaves out one customer, resource or report gets nothing, and the log says so", async () => {
    const [customer] = await db().select().from(customers);
    const marks = { "customers.view": only(customer?.id ?? ""), "resources.view": ALL, "reports.view": ALL };
    await addRole("Partial", ["data.export", "customers.view", "resources.view", "reports.view"], marks);
    await addRole("Blind", ["data.export"]);
    await addRole("Whole", ["data.export", "customers.view", "resources.view", "reports.view"], {
      ...marks,
      "customers.view": ALL,
    });
    for (const [name, status] of [
      ["Partial", 403],
      ["Blind", 403],
      ["Viewer", 403],
      ["Whole", 200],
    ] as const)
      expect((await knock(await person(`with ${name}`, name))).status, name).toBe(status);
    const entries = await db().select().from(auditEntries).where(sql`action = 'data.export'`);
    expect(entries.map(({ actor, outcome }) => `${actor} ${outcome}`).sort()).toEqual([
      "with Blind refused",
      "with Partial refused",
      "with Viewer refused",
      "with Whole done",
    ]);
  });

  const spooled = () => readdirSync(tmpdir()).filter((name) => name.startsWith("backupchecks-export-"));

  test("what the door hands out is the same archive; whoever breaks off leaves nothing behind", async () => {
    const before = spooled();
    const answer = await knock(await person("eve", "Admin"));
    expect(answer.headers.get("content-disposition")).toMatch(/backupchecks-[\d-]+\.tar\.gz/);
    const files = await unpacked(Buffer.from(await answer.arrayBuffer()));
    expect(files.filter(({ header }) => header.name.startsWith("mails/")).length).toBeGreaterThanOrEqual(MAILS);
    const broken = await knock(await person("eva", "Admin"));
    const reader = broken.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(spooled().filter((name) => !before.includes(name))).toEqual([]);
    expect(await db().select().from(customers)).not.toEqual([]);
  });
});

describe.skipIf(!server)("there and back", () => {
  const [second, third] = [join(folder, "second.tar.gz"), join(folder, "third.tar.gz")];

  test("from the embedded database to PostgreSQL: every row and every byte is the same", async () => {
    await exportToFile(join(folder, "now.tar.gz"));
    await closeTestDatabase();
    await openDatabase();
    await transaction(prepareAccount);
    const imported = await importExport(join(folder, "now.tar.gz"), actor);
    expect(imported.isOtherPepper).toBe(false);
    expect(await db().select().from(mailSources).where(sql`disabled_at is null`)).toEqual([]);
    await exportToFile(second);
    expect(await contentsOf(second)).toEqual(await contentsOf(join(folder, "now.tar.gz")));
  });

  test("a second import is refused: the installation is in use", async () => {
    await expect(importExport(second, actor)).rejects.toThrow(/in use: its table users has rows/);
  });

  test("from PostgreSQL to the embedded database, likewise", async () => {
    await closeDatabase();
    await openTestDatabase();
    await importExport(second, actor);
    await exportToFile(third);
    const [before, after] = [await contentsOf(second), await contentsOf(third)];
    expect(after).toEqual(before);
    const entries = await db().select().from(auditEntries).where(sql`action = 'data.import'`);
    expect(entries).toHaveLength(2);
    expect(existsSync(second)).toBe(true);
  });
});

describe("what is no whole export changes nothing", () => {
  let files: File[];
  let before: string;
  const bad = join(folder, "bad.tar.gz");

  beforeAll(async () => {
    await closeDatabase();
    await openTestDatabase();
    files = await unpacked(first);
    before = await state();
  });

  const state = async () => {
    const parts: unknown[] = [];
    for (const { table } of exportedTables) parts.push(await db().select().from(table));
    return JSON.stringify(parts);
  };
  const refused = async (sentence: RegExp) => {
    await expect(importExport(bad, actor)).rejects.toThrow(sentence);
    expect(await state()).toBe(before);
  };
  const changed = (name: string, change: (content: string) => string) =>
    packInto(
      bad,
      files.map((file) =>
        file.header.name === name ? { ...file, content: Buffer.from(change(file.content.toString())) } : file,
      ),
    );

  test.each([0.05, 0.5, 0.9, 0.999])("cut short at %d of its length", async (part) => {
    const whole = readFileSync(first);
    writeFileSync(bad, whole);
    truncateSync(bad, Math.floor(whole.length * part));
    await refused(/no whole export|cut short/);
  });

  test("no archive at all", async () => {
    writeFileSync(bad, "PK not this");
    await refused(/another kind of file/);
  });

  const outside = join(folder, "outside.txt");
  test.each<[string, Partial<File["header"]> & { name: string }]>([
    ["a way out of the folder", { name: "../../outside.txt" }],
    ["an absolute path", { name: outside }],
    ["a way out behind a folder it may have", { name: "mails/../../outside.txt" }],
    ["a link", { name: "mails/01a20000-0000-7000-8000-000000000000.eml", type: "symlink", linkname: outside }],
    ["a folder", { name: "tables", type: "directory" }],
    ["a table of its own", { name: "tables/sessions.jsonl" }],
  ])("%s", async (_name, header) => {
    const content = header.type ? Buffer.alloc(0) : Buffer.from("x\n");
    await packInto(bad, [
      ...files.slice(0, 3),
      { header: { ...header, name: header.name }, content },
      ...files.slice(3),
    ]);
    await refused(/no export of BackupChecks|not what comes next/);
    expect(existsSync(outside)).toBe(false);
  });

  test("of a newer version", async () => {
    await changed("manifest.json", (text) => text.replace(/"number": \d+/, '"number": 9999'));
    await refused(/newer version/);
  });

  test("without a row, with a row too many, with a column that does not exist, with a row that is none", async () => {
    await changed("tables/customers.jsonl", () => "");
    await refused(/rows of customers are missing|do not fit/);
    await changed("tables/jobs.jsonl", (text) => text + text);
    await refused(/jobs in this export do not fit/);
    await changed("manifest.json", (text) => text.replace('"external_code"', '"x\\" = 1; drop table users"'));
    await refused(/other columns in tickets/);
    await changed("tables/users.jsonl", () => "[]\n");
    await refused(/a line of users is no row of it/);
  });

  test("without a message, or with the messages before their rows", async () => {
    await packInto(bad, files.slice(0, -1));
    await refused(/files are missing/);
    await packInto(bad, [files[0] as File, files.at(-1) as File]);
    await refused(/has no row/);
  });

  test("and the whole one is taken afterwards", async () => {
    expect((await importExport(first, actor)).mails).toBeGreaterThanOrEqual(MAILS);
    expect(await state()).not.toBe(before);
  });
});
