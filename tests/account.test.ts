import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readAccess } from "@/lib/access/session";
import { changePassword, updateProfile } from "@/lib/account/actions";
import { getProfile, listOwnSessions } from "@/lib/account/queries";
import { deviceOf } from "@/lib/account/rules";
import { readCookie } from "@/lib/auth/cookie";
import { hashPassword } from "@/lib/auth/passwords";
import { signInWith } from "@/lib/auth/sign-in";
import { db, transaction } from "@/lib/db";
import { auditEntries, users } from "@/lib/db/schema/access";
import { readListQuery } from "@/lib/list";
import { endOtherSessions, endSession } from "@/lib/sessions/actions";
import { createUser } from "@/lib/users/actions";
import { listUsers, userSorts } from "@/lib/users/queries";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

vi.mock("@/lib/workers", () => import("./support/fast-workers"));

const OLD = "violet-tractor-hums-9";
const NEW = "marble-otter-sings-42";
let round = 0;

beforeAll(async () => {
  await openTestDatabase();
  await person("ada", "Admin");
});
afterAll(closeTestDatabase);

async function fresh(values: Partial<typeof users.$inferInsert> = {}): Promise<Person> {
  const made = await person(`p${++round}`, "Operator", "Viewer");
  const passwordHash = await hashPassword(OLD);
  await transaction((tx) =>
    tx
      .update(users)
      .set({ passwordHash, ...values })
      .where(eq(users.id, made.id)),
  );
  return made;
}
const signIn = ({ username }: Person, password: string) =>
  signInWith({
    username,
    password,
    address: "192.0.2.9",
    agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  });
const change = { current_password: OLD, new_password: NEW, confirm_new_password: NEW };
const stored = async ({ id }: Person) => (await db().select().from(users).where(eq(users.id, id)))[0];
const alive = async (secret: string | undefined) => (await readAccess(db(), secret ?? "")) !== null;

test("a new password ends the other sessions and renews this one: the former cookie is dead", async () => {
  const oto = await fresh();
  const other = await signIn(oto, OLD);
  expect(await submit(oto, changePassword, change)).toMatchObject({ status: "done", leaveTo: undefined });
  const renewed = await readCookie();
  expect(await alive(renewed?.secret)).toBe(true);
  expect(await alive(oto.secret)).toBe(false);
  expect(await alive(other?.secret)).toBe(false);
  expect(await signIn(oto, OLD)).toBeNull();
  expect(await signIn(oto, NEW)).not.toBeNull();
});

test.each([
  ["a wrong current password", { current_password: "not the right one" }, "current_password"],
  ["no current password", { current_password: "" }, "current_password"],
  ["a confirmation that differs", { confirm_new_password: "other" }, "confirm_new_password"],
  ["the present password again", { new_password: OLD, confirm_new_password: OLD }, "new_password"],
  ["a short password", { new_password: "short", confirm_new_password: "short" }, "new_password"],
  ["a common password", { new_password: "passwordpassword", confirm_new_password: "passwordpassword" }, "new_password"],
])("%s is refused at its field, and the password stays", async (_what, values, field) => {
  const oto = await fresh();
  const state = await submit(oto, changePassword, { ...change, ...values });
  expect(state.status).toBe("invalid");
  expect(Object.keys(state.errors)).toContain(field);
  expect(state.values).toEqual({});
  expect(await alive(oto.secret)).toBe(true);
  expect(await signIn(oto, OLD)).not.toBeNull();
});

test("a stolen session cannot guess the password for ever", async () => {
  const oto = await fresh();
  for (let i = 0; i < 10; i++) await submit(oto, changePassword, { ...change, current_password: `guess ${i}` });
  expect((await submit(oto, changePassword, change)).errors.current_password).toContain("Too many wrong passwords");
  expect(await signIn(oto, OLD), "the owner still signs in").not.toBeNull();
});

test("who must change the password can do nothing else, then goes on to the dashboard", async () => {
  const oto = await fresh({ passwordChangeRequiredAt: new Date() });
  actAs(oto);
  await expect(listUsers(readListQuery({}, userSorts))).rejects.toEqual(new Interrupt("redirect", "/account"));
  expect(await submit(oto, updateProfile, { version: 1, name: "Oto", email: "" })).toMatchObject({ status: "refused" });
  await expect(submit(oto, createUser, {})).rejects.toEqual(new Interrupt("forbidden"));
  expect(await submit(oto, changePassword, change)).toMatchObject({ status: "done", leaveTo: "/dashboard" });
  expect(await stored(oto)).toMatchObject({ passwordChangeRequiredAt: null });
});

test("the own name changes freely, the e-mail address only with the password", async () => {
  const oto = await fresh();
  expect(await submit(oto, updateProfile, { version: 1, name: "Oto Novak", email: "" })).toMatchObject({
    status: "done",
  });
  const values = { version: 2, name: "Oto Novak", email: "oto@example.com" };
  const refused = await submit(oto, updateProfile, values);
  expect(refused).toMatchObject({
    errors: { current_password: "This is not your current password." },
    values: { email: "oto@example.com" },
  });
  expect(await submit(oto, updateProfile, { ...values, current_password: OLD })).toMatchObject({ status: "done" });
  actAs(oto);
  expect(await getProfile()).toMatchObject({ name: "Oto Novak", email: "oto@example.com", version: 3 });
  const entries = await db().select().from(auditEntries).where(eq(auditEntries.targetId, oto.id));
  expect(entries.filter(({ outcome }) => outcome === "done")).toMatchObject([
    { action: "account.update" },
    { action: "account.update", before: { email: null } },
  ]);
});

test("details that somebody changed meanwhile are told, and what was typed stays", async () => {
  const oto = await fresh({ name: "Theirs", version: 4 });
  const state = await submit(oto, updateProfile, { version: 1, name: "Mine", email: "" });
  expect(state).toMatchObject({ status: "refused", values: { name: "Mine" } });
  expect(state.message).toContain('name "Theirs"');
});

test("the own sessions are listed, this one first; one or all others can be ended, a stranger's cannot", async () => {
  const oto = await fresh();
  const rea = await fresh();
  await signIn(oto, OLD);
  await signIn(oto, OLD);
  actAs(oto);
  const sessions = await listOwnSessions();
  expect(sessions.map(({ device, isThis }) => [device, isThis])).toEqual([
    ["Unknown device", true],
    ["Firefox on Linux", false],
    ["Firefox on Linux", false],
  ]);
  expect(await submit(rea, endSession, { id: sessions[1]?.id ?? "" })).toMatchObject({ status: "refused" });
  expect(await submit(oto, endSession, { id: sessions[1]?.id ?? "" })).toMatchObject({ status: "done" });
  expect(await listOwnSessions()).toHaveLength(2);
  expect(await submit(oto, endOtherSessions)).toMatchObject({ message: "1 other session was ended." });
  expect(await listOwnSessions()).toMatchObject([{ isThis: true }]);
});

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on macOS"],
  ["curl/8.5.0", "Unknown device"],
  ["", "Unknown device"],
])("a device in words: %s", (agent, words) => {
  expect(deviceOf(agent)).toBe(words);
});
