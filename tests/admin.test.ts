import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAccess } from "@/lib/access/session";
import { prepareAccount } from "@/lib/auth/set-up";
import { signInWith } from "@/lib/auth/sign-in";
import { closeDatabase, db, openDatabase, transaction } from "@/lib/db";
import { auditEntries, signInFailures, users } from "@/lib/db/schema/access";
import { type Person, person } from "./support/acting";

const folder = mkdtempSync(join(tmpdir(), "backupchecks-admin-"));
let oto: Person;

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, DATABASE_URL: "", AUTH_SECRET: "", PASSWORD_PEPPER: "" });
  await openDatabase();
  await transaction(prepareAccount);
  await person("ada", "Admin");
  oto = await person("oto", "Operator");
  await transaction((tx) =>
    tx
      .insert(signInFailures)
      .values({ key: "account oto elsewhere", count: 10, blockedUntil: new Date(Date.now() + 9e5) }),
  );
});
afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/admin.mjs", ...args], {
    encoding: "utf8",
    timeout: 100_000,
  });
  return { status, said: `${stdout}${stderr}` };
}

/** Runs it while the database is closed here, as it would be once the server is stopped. */
async function alone(...args: string[]) {
  await closeDatabase();
  rmSync(join(folder, "db.lock"), { force: true });
  const result = run(...args);
  await openDatabase();
  return result;
}

test("while the server runs on the embedded database, the command names the process to stop", () => {
  const { status, said } = run("reset-password", "oto");
  expect(status).toBe(1);
  expect(said).toContain(`in use by process ${process.pid}`);
}, 120_000);

test("a password is reset: it is printed, must be changed, sessions end and failures are forgotten", async () => {
  const { status, said } = await alone("reset-password", "OTO");
  expect(status, said).toBe(0);
  const password = /now: (\S+)/.exec(said)?.[1] ?? "";
  expect(await readAccess(db(), oto.secret)).toBeNull();
  const token = await signInWith({ username: "oto", password, address: "203.0.113.5", agent: "" });
  expect(await readAccess(db(), token?.secret ?? "")).toMatchObject({ username: "oto", mustChangePassword: true });
  const entries = await db().select().from(auditEntries).where(eq(auditEntries.action, "user.password"));
  expect(entries).toMatchObject([{ actor: "command line", target: "oto", outcome: "done" }]);
  expect(JSON.stringify(entries)).not.toContain(password);
}, 120_000);

test("somebody is made an administrator and enabled", async () => {
  await transaction((tx) => tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, oto.id)));
  const { status, said } = await alone("make-admin", "oto");
  expect(status, said).toBe(0);
  expect(said).toContain("oto is an administrator now, and enabled.");
  expect((await db().select().from(users).where(eq(users.id, oto.id)))[0]?.disabledAt).toBeNull();
  expect(await db().select().from(auditEntries).where(eq(auditEntries.action, "user.roles"))).toMatchObject([
    { actor: "command line", before: { roles: ["Operator"], disabled: true }, after: { roles: ["Admin", "Operator"] } },
  ]);
}, 120_000);

test("an unknown user, an unknown command and a folder without a database end with 1 and a sentence", async () => {
  expect(await alone("reset-password", "nobody")).toMatchObject({
    status: 1,
    said: expect.stringContaining("There is no user nobody."),
  });
  expect(run("demolish", "oto")).toMatchObject({
    status: 1,
    said: expect.stringContaining("reset-password|make-admin <username>"),
  });
  process.env.DATA_DIR = join(folder, "elsewhere");
  expect(run("make-admin", "oto")).toMatchObject({
    status: 1,
    said: expect.stringContaining("There is no database in"),
  });
  process.env.DATA_DIR = folder;
}, 120_000);

test("everything goes into a file and from it into a new installation, each once", async () => {
  const file = join(folder, "all.tar.gz");
  expect(await alone("export", file)).toMatchObject({
    status: 0,
    said: expect.stringContaining(`Everything is in ${file}`),
  });
  expect(await alone("export", file)).toMatchObject({ status: 1, said: expect.stringContaining("already") });
  process.env.DATA_DIR = join(folder, "new");
  const imported = run("import", file);
  expect(imported).toMatchObject({ status: 0, said: expect.stringMatching(/Imported \d+ rows and 0 mails/) });
  // It has made secrets of its own.
  expect(imported.said).toContain("set PASSWORD_PEPPER to what it was");
  expect(run("import", file)).toMatchObject({ status: 1, said: expect.stringContaining("in use") });
  expect(run("import", join(folder, "none.tar.gz"))).toMatchObject({
    status: 1,
    said: expect.stringContaining("There is no file"),
  });
  process.env.DATA_DIR = folder;
}, 240_000);
