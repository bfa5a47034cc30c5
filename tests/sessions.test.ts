import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAccess } from "@/lib/access/session";
import { db } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { endOtherSessions, signOut, switchRole } from "@/lib/sessions/actions";
import { accessOf, Interrupt, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);

const auditOf = (action: string) => db().select().from(auditEntries).where(eq(auditEntries.action, action));

test("switching the role changes what one may do, renews the cookie, and is in the audit log", async () => {
  const ada = await person("ada", "Admin", "Viewer");
  const before = await accessOf(ada);
  expect(before.active).toEqual([expect.objectContaining({ name: "Admin" })]);
  const viewer = before.roles.find(({ name }) => name === "Viewer");

  const state = await submit(ada, switchRole, { role: viewer?.id ?? "" });

  expect(state).toMatchObject({ status: "done", leaveTo: "/dashboard" });
  expect(await readAccess(db(), ada.secret), "the former cookie is dead").toBeNull();
  expect(request.cookies.size).toBe(1);
  expect(await auditOf("session.switch_role")).toMatchObject([
    { actor: "ada", role: "Admin", after: ["Viewer"], outcome: "done" },
  ]);
});

test("a role that is not assigned cannot be switched to", async () => {
  const vi = await person("vi", "Viewer");
  const ada = await person("ada2", "Admin");
  const admin = (await accessOf(ada)).active[0];
  expect(await submit(vi, switchRole, { role: admin?.id ?? "" })).toMatchObject({
    status: "refused",
    message: "This role is not yours.",
  });
  expect((await accessOf(vi)).active).toMatchObject([{ name: "Viewer" }]);
});

test("signing out ends the session for good", async () => {
  const oto = await person("oto", "Operator");
  await submit(oto, signOut);
  expect(await readAccess(db(), oto.secret)).toBeNull();
});

test("an action without a session, or sent from elsewhere, is refused and noted once", async () => {
  await expect(submit(null, endOtherSessions)).rejects.toEqual(new Interrupt("unauthorized"));
  expect(await auditOf("session.end_others")).toMatchObject([{ outcome: "refused", reason: "not signed in" }]);
  const rea = await person("rea", "Reporter");
  request.headers.set("origin", "https://evil.example");
  await expect(submit(rea, endOtherSessions)).rejects.toEqual(new Interrupt("forbidden"));
  expect(await auditOf("session.end_others")).toHaveLength(2);
});
