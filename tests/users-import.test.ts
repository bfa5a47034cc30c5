import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { POST } from "@/app/api/users/import-preview/route";
import { readAccess } from "@/lib/access/session";
import { signInWith } from "@/lib/auth/sign-in";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roles, users } from "@/lib/db/schema/access";
import { importUsers } from "@/lib/users/import/actions";
import type { Imported } from "@/lib/users/import/apply";
import type { Preview } from "@/lib/users/import/prepare";
import { actAs, Interrupt, type Person, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

let ada: Person;
beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
  await person("oto", "Operator");
});
afterAll(closeTestDatabase);
beforeEach(() => actAs(ada));

async function post(who: Person, csv: string): Promise<Response> {
  actAs(who);
  const sent = new Request("http://localhost/api/users/import-preview", {
    method: "POST",
    body: csv,
    headers: request.headers,
  });
  return POST(sent, { params: Promise.resolve({}) });
}
const preview = async (who: Person, csv: string) => (await (await post(who, csv)).json()) as Preview;
const apply = async (who: Person, csv: string) =>
  submit(who, importUsers, { csv, fingerprint: (await preview(who, csv)).fingerprint });
const brief = ({ lines }: Preview) => lines.map(({ line, result, details }) => `${line} ${result} ${details}`.trim());
const find = async (username: string) => (await db().select().from(users).where(eq(users.username, username)))[0];

test("the preview says line by line what would happen, and writes nothing", async () => {
  const before = await db().$count(users);
  const csv = [
    "username,name,email,roles",
    "rea,Rea Lind,rea@example.com,Reporter|viewer",
    "OTO,Oto,,Operator",
    "oto,,,Operator",
    "x y,,,Viewer",
    "eve,,nowhere,Viewer",
    "eva,,,Boss",
    "evi,,,",
    "ada,Ada,,Admin",
  ].join("\n");
  expect(brief(await preview(ada, csv))).toEqual([
    "2 new name: Rea Lind; e-mail: rea@example.com; roles: Reporter, Viewer",
    "3 changed name: none → Oto",
    "4 error The same username stands on line 3.",
    "5 error 2 to 64 letters, digits and . _ - @",
    "6 error This is no e-mail address.",
    "7 error There is no role Boss.",
    "8 error Name at least one role.",
    "9 error Your own name and e-mail: see My Account.",
  ]);
  expect(await db().$count(users)).toBe(before);
  expect(await submit(ada, importUsers, { csv, fingerprint: (await preview(ada, csv)).fingerprint })).toMatchObject({
    status: "refused",
  });
  expect(await db().$count(users)).toBe(before);
});

test("an import makes and changes users at once; new ones sign in with the shown password and must change it", async () => {
  const state = await apply(ada, "username;name;roles\nnew.one;New One;Operator|Viewer\noto;Oto Novak;Reporter");
  expect(state).toMatchObject({ status: "done", message: "2 users were imported." });
  const { passwords, csv } = state.data as Imported;
  expect(passwords).toHaveLength(1);
  expect(csv).toContain(passwords[0]?.password);
  const token = await signInWith({
    username: "new.one",
    password: passwords[0]?.password ?? "",
    address: "192.0.2.1",
    agent: "",
  });
  expect(await readAccess(db(), token?.secret ?? "")).toMatchObject({
    mustChangePassword: true,
    active: [{ name: "Operator" }],
  });
  expect(
    await signInWith({ username: "new.one", password: `${passwords[0]?.password}x`, address: "192.0.2.1", agent: "" }),
  ).toBeNull();
  expect(await find("oto")).toMatchObject({ name: "Oto Novak", version: 2 });
  const entries = await db().select().from(auditEntries).where(eq(auditEntries.target, "oto"));
  expect(entries).toMatchObject([
    { action: "user.edit", before: { roles: ["Operator"] }, after: { name: "Oto Novak", roles: ["Reporter"] } },
  ]);
  expect(JSON.stringify(await db().select().from(auditEntries))).not.toContain(passwords[0]?.password);
});

test("what changed since the preview stops the import, and the text stays", async () => {
  const csv = "username,roles\noto,Viewer";
  const { fingerprint } = await preview(ada, csv);
  await transaction((tx) => tx.update(users).set({ version: 9 }).where(eq(users.username, "oto")));
  const state = await submit(ada, importUsers, { csv, fingerprint });
  expect(state).toMatchObject({ status: "refused", values: { csv } });
  expect(state.message).toContain("changed since the preview");
  expect(await apply(ada, csv)).toMatchObject({ status: "done" });
});

test("an import cannot take the last administrator away", async () => {
  const csv = "username,roles\nada,Viewer";
  expect(brief(await preview(ada, csv))).toEqual(["2 error At least one administrator must remain."]);
  expect(await apply(ada, csv)).toMatchObject({ status: "refused" });
  const swap = "username,roles\nada,Viewer\nheir,Admin";
  expect((await preview(ada, swap)).lines.map(({ result }) => result)).toEqual(["changed", "new"]);
});

test("an import is no way around one's own rights", async () => {
  await transaction((tx) => tx.insert(roles).values({ name: "Clerk", position: 9, rights: ["users.manage"] }));
  const clerk = await person("clerk", "Clerk");
  for (const csv of ["username,roles\nclerk,Admin", "username,roles\npuppet,Viewer", "username,name\nada,Renamed"]) {
    expect((await preview(clerk, csv)).lines).toMatchObject([
      { result: "error", details: expect.stringContaining("exceeds the own rights") },
    ]);
    await expect(apply(clerk, csv)).rejects.toEqual(new Interrupt("forbidden"));
  }
  expect(await find("puppet")).toBeUndefined();
  expect((await find("ada"))?.name).toBe("");
  expect((await preview(clerk, "username,roles\npuppet,clerk")).lines).toMatchObject([{ result: "new" }]);
});

test("roles without the right get neither preview nor import", async () => {
  const vi = await person("vi", "Viewer");
  const response = await post(vi, "username\nada");
  expect(response.status).toBe(403);
  expect(await response.text()).not.toContain("ada@");
  await expect(submit(vi, importUsers, { csv: "username\nada", fingerprint: "" })).rejects.toEqual(
    new Interrupt("forbidden"),
  );
});

test("what is no list of users is refused with a sentence", async () => {
  expect((await post(ada, "")).status).toBe(422);
  expect(await (await post(ada, "a,b\n1,2")).json()).toEqual({
    error: "The first line must name the columns: username, name, email, roles.",
  });
  const long = ["username,roles", ...Array.from({ length: 2001 }, (_, i) => `u${i},Viewer`)].join("\n");
  expect(await (await post(ada, long)).json()).toEqual({ error: "At most 2,000 lines at once." });
  expect((await post(ada, "x".repeat(1024 * 1024 + 1))).status).toBe(422);
});

test("an exported file is imported again without a change, formulas included", async () => {
  await transaction((tx) => tx.update(users).set({ name: "=cmd" }).where(eq(users.username, "oto")));
  expect((await preview(ada, "username,name,roles,state\noto,'=cmd,Viewer,enabled")).lines).toMatchObject([
    { result: "unchanged" },
  ]);
});

test("2,000 users are imported in a few seconds", async () => {
  const csv = ["username,roles", ...Array.from({ length: 2000 }, (_, i) => `bulk${i},Viewer|Reporter`)].join("\n");
  const startedAt = Date.now();
  const state = await apply(ada, csv);
  expect(state).toMatchObject({ status: "done" });
  expect((state.data as Imported).passwords).toHaveLength(2000);
  expect(await db().$count(assignments)).toBeGreaterThan(4000);
  expect(Date.now() - startedAt).toBeLessThan(15_000);
});
