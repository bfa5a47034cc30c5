import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readAccess } from "@/lib/access/session";
import { hashPassword, work } from "@/lib/auth/passwords";
import { signInWith } from "@/lib/auth/sign-in";
import { db, transaction } from "@/lib/db";
import { auditEntries, sessions, signInFailures, users } from "@/lib/db/schema/access";
import { switchRole } from "@/lib/sessions/actions";
import { person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

vi.mock("@/lib/workers", () => import("./support/fast-workers"));

const PASSWORD = "violet-tractor-hums-9";
let next = 1;
/** Each test comes from an address of its own, so that failures do not add up. */
const elsewhere = () => `198.51.100.${next++}`;
const signIn = (username: string, password = PASSWORD, address = elsewhere()) =>
  signInWith({ username, password, address, agent: "tests" });
const lastReason = async () =>
  (
    await db()
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, "session.start"))
      .orderBy(desc(auditEntries.id))
      .limit(1)
  )[0]?.reason;
const set = (username: string, values: Partial<typeof users.$inferInsert>) =>
  transaction((tx) => tx.update(users).set(values).where(eq(users.username, username)));

beforeAll(async () => {
  await openTestDatabase();
  const passwordHash = await hashPassword(PASSWORD);
  await person("ada", "Admin");
  for (const name of ["oto", "rea", "vi", "bo"]) {
    await person(name, "Operator", "Viewer");
    await set(name, { passwordHash });
  }
});
afterAll(closeTestDatabase);

test("the right password opens a session, whatever the case of the username", async () => {
  const token = await signIn("OTO");
  expect(await readAccess(db(), token?.secret ?? "")).toMatchObject({
    username: "oto",
    active: [{ name: "Operator" }],
  });
  expect(JSON.stringify(await db().select().from(sessions))).not.toContain(token?.secret);
});

test("signing in again in the same browser ends the session it had", async () => {
  const first = await signIn("oto");
  const wrong = {
    username: "oto",
    password: "not it at all",
    address: elsewhere(),
    agent: "tests",
    former: first?.secret,
  };
  expect(await signInWith(wrong)).toBeNull();
  expect(await readAccess(db(), first?.secret ?? ""), "a failure ends nothing").not.toBeNull();
  expect(await signInWith({ ...wrong, password: PASSWORD })).not.toBeNull();
  expect(await readAccess(db(), first?.secret ?? "")).toBeNull();
});

test.each([
  ["unknown username", "nobody", { name: "" }, PASSWORD],
  ["wrong password", "rea", { name: "" }, "violet-tractor-hums-8"],
  ["disabled", "rea", { disabledAt: new Date() }, PASSWORD],
  ["wrong password", "rea", { disabledAt: null, passwordHash: "damaged" }, PASSWORD],
])(
  "%s: no session, the same answer, exactly one comparison; only the log knows why",
  async (reason, username, values, password) => {
    await set("rea", values);
    const before = work.count;
    expect(await signIn(username, password)).toBeNull();
    expect(work.count).toBe(before + 1);
    expect(await lastReason()).toBe(reason);
  },
);

test("after ten failures the right password is refused too, from any unknown address, with the same work", async () => {
  for (let i = 0; i < 10; i++) expect(await signIn("vi", "wrong guess number x")).toBeNull();
  const before = work.count;
  expect(await signIn("vi")).toBeNull();
  expect(work.count).toBe(before + 1);
  expect(await lastReason()).toBe("too many failures");
  await transaction((tx) =>
    tx
      .update(signInFailures)
      .set({ blockedUntil: new Date(0) })
      .where(eq(signInFailures.key, "account vi elsewhere")),
  );
  expect(await signIn("vi"), "once the wait is over").not.toBeNull();
});

test("a stranger's failures do not keep out the owner at an address that worked before", async () => {
  const home = elsewhere();
  expect(await signIn("bo", PASSWORD, home)).not.toBeNull();
  for (let i = 0; i < 11; i++) await signIn("bo", "a stranger's guess");
  expect(await signIn("bo")).toBeNull();
  expect(await signIn("bo", PASSWORD, home)).not.toBeNull();
});

test("attempts sent at once do not slip under the limit", async () => {
  await Promise.all(Array.from({ length: 15 }, () => signIn("oto", "guess guess guess")));
  const [row] = await db().select().from(signInFailures).where(eq(signInFailures.key, "account oto elsewhere"));
  expect(row?.count).toBe(10);
  expect(row?.blockedUntil).not.toBeNull();
});

test("the last active role is remembered for the next sign-in, while it is assigned", async () => {
  const pia = await person("pia", "Operator", "Viewer");
  await set("pia", { passwordHash: await hashPassword(PASSWORD) });
  const viewer = (await readAccess(db(), pia.secret))?.roles.find(({ name }) => name === "Viewer");
  await submit(pia, switchRole, { role: viewer?.id ?? "" });
  const token = await signIn("pia");
  expect((await readAccess(db(), token?.secret ?? ""))?.active).toMatchObject([{ name: "Viewer" }]);
});

test("every sign-in and every refusal is in the audit log, without a password", async () => {
  const entries = await db()
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, "session.start")));
  expect(entries.filter(({ outcome }) => outcome === "done").length).toBeGreaterThan(3);
  expect(JSON.stringify(entries)).not.toContain("violet");
});
