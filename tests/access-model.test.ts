import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aggregates, type Right } from "@/lib/access/registry";
import { readAccess } from "@/lib/access/session";
import { decodeToken } from "@/lib/auth/token";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roles, sessions, users } from "@/lib/db/schema/access";
import { customerGroups, customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { reports } from "@/lib/db/schema/reports";
import { updateJob } from "@/lib/filing/editing/actions";
import { endPreview, startPreview } from "@/lib/previews/actions";
import { createRole, deleteRole, duplicateRole, restoreDefaults, updateRole } from "@/lib/roles/actions";
import type { DraftMark } from "@/lib/roles/draft";
import { packed } from "@/lib/roles/wire";
import { switchRole } from "@/lib/sessions/actions";
import { createUser, deleteUser, disableUser, enableUser, saveRoles, setPassword } from "@/lib/users/actions";
import { assignRole, disableUsers, removeRole } from "@/lib/users/bulk/actions";
import { assignUntil } from "@/lib/users/ends/actions";
import { asked, present, readFacts, sessionOf } from "./support/access-facts";
import { couldDo, type Facts, hasAdministrator, mayNow, wordsOf } from "./support/access-model";
import { type Act, idAt, type Step, story } from "./support/access-stories";
import { Interrupt, type Person, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { addRole } from "./support/roles";

vi.mock("@/lib/workers", () => import("./support/fast-workers"));

const PASSWORD = "violet-tractor-hums-9";
let serial = 0;

beforeAll(async () => {
  await openTestDatabase();
  await transaction(async (tx) => {
    await tx.insert(customerGroups).values({ id: idAt(0), name: "Group" });
    await tx.insert(resourceTypes).values([1, 2].map((i) => ({ id: idAt(i), name: `Kind ${i}`, position: i })));
    for (let i = 3; i < 6; i++)
      await tx.insert(customers).values({ id: idAt(i), name: `C${i}`, groupId: i === 3 ? idAt(0) : null });
    for (let i = 6; i < 10; i++)
      await tx
        .insert(jobs)
        .values({ id: idAt(i), name: `J${i}`, customerId: idAt(3 + (i % 3)), resourceTypeId: idAt(1 + (i % 2)) });
    for (let i = 10; i < 12; i++)
      await tx.insert(reports).values({ id: idAt(i), name: `R${i}`, days: 7, createdBy: "ada" });
  });
});
afterAll(closeTestDatabase);

const run: Record<Act, Parameters<typeof submit>[1]> = {
  ...{ createRole, updateRole, duplicateRole, restoreDefaults, deleteRole, saveRoles, assignRole, removeRole },
  ...{ assignUntil, createUser, deleteUser, disableUser, disableUsers, enableUser, setPassword, updateJob },
  ...{ switchRole, startPreview, endPreview },
};

test("the product decides as the model does, and nothing anybody does gives more than its actor holds", async () => {
  const seen = { done: 0, refused: 0 };
  const property = fc.asyncProperty(story, async ({ own, people, steps }) => {
    const cast = await begin(own, people);
    for (const one of steps) {
      if (one.timePasses) await endAll();
      const who = cast[one.actor % cast.length] as Person;
      const before = await readFacts();
      const session = await sessionOf(who.id);
      const actor = session ? mayNow(session, before) : new Set<string>();
      const entries = await refusals();
      const outcome = await carryOut(one, who, cast);
      const after = await readFacts();
      judge(before, after, actor);
      await compare(cast, after);
      if (outcome === "done") seen.done++;
      else {
        seen.refused++;
        expect(inert(after), one.act).toEqual(inert(before));
        const noted = (await refusals()) - entries;
        // A form that says nothing sensible is told so, and no rule was asked.
        if (outcome === "invalid") expect(noted, one.act).toBeLessThanOrEqual(1);
        else expect(noted, one.act).toBe(1);
      }
      if (session?.preview && one.act !== "endPreview") expect(outcome).not.toBe("done");
    }
  });
  await fc.assert(property, { numRuns: 20, endOnFailure: true });
  // Stories in which nothing happens prove nothing.
  expect(Math.min(seen.done, seen.refused)).toBeGreaterThan(20);
}, 240_000);

/** A new story begins with nobody of the last one; built-in roles are as they were left, or gone. */
async function begin(own: { rights: Right[]; marks: DraftMark[] }[], people: number[][]): Promise<Person[]> {
  const cast = [await person(`boss${++serial}`, "Admin")];
  await transaction(async (tx) => {
    await tx.delete(users).where(ne(users.id, cast[0]?.id ?? ""));
    await tx.delete(roles).where(isNull(roles.builtIn));
  });
  const names = (await db().select().from(roles).orderBy(roles.position)).map(({ name }) => name);
  for (const { rights, marks } of own) {
    const name = `own ${++serial}`;
    const lower = marks.map((mark) => ({ ...mark, elementId: mark.elementId?.toLowerCase() ?? null }));
    const unique = [...new Map(lower.map((mark) => [`${mark.right} ${mark.type} ${mark.elementId}`, mark])).values()];
    const of = (right: Right) => unique.filter((mark) => mark.right === right);
    await addRole(name, rights, Object.fromEntries(aggregates.map(({ right }) => [right, of(right)])));
    names.push(name);
  }
  for (const held of people) {
    const roleNames = new Set(held.map((i) => names[i % names.length] ?? "Admin"));
    cast.push(await person(`p${++serial}`, ...roleNames));
  }
  return cast;
}

async function carryOut(one: Step, who: Person, cast: Person[]): Promise<string> {
  const all = await db().select().from(roles).orderBy(sql`${roles.createdAt} desc`, roles.name);
  const chosen = one.roles.flatMap((i) => all[i]?.id ?? []);
  const role = all[one.roles[0] ?? 0];
  const isRole = ["updateRole", "duplicateRole", "restoreDefaults", "deleteRole"].includes(one.act);
  const target = cast[one.target % cast.length]?.id ?? "";
  const [user] = await db().select().from(users).where(eq(users.id, target));
  const [job] = await db()
    .select()
    .from(jobs)
    .where(eq(jobs.id, idAt(one.job)));
  const held = await db()
    .select()
    .from(assignments)
    .where(eq(assignments.roleId, role?.id ?? target));
  const id = one.act === "updateJob" ? idAt(one.job) : isRole ? (role?.id ?? "") : target;
  const version = one.act === "updateJob" ? job?.version : isRole ? role?.version : user?.version;
  const name = one.act === "updateJob" ? (job?.name ?? "") : `made ${++serial}`;
  const more = {
    "ids[]": [target],
    "roles[]": chosen,
    role: role?.id ?? "",
    no_role: "on",
    until: one.until,
    host: "",
  };
  const texts = {
    username: `made${++serial}`,
    password: PASSWORD,
    new_password: PASSWORD,
    confirm_new_password: PASSWORD,
  };
  const work = { type: idAt(one.type), customer: `C${3 + (one.job % 3)}`, holders: held.length, bare: 0, name };
  const sent = { id, version: version ?? 1, ...more, ...texts, ...work };
  const isDrafted = one.act === "createRole" || one.act === "updateRole";
  const draft = isDrafted ? packed({ name, description: "", ...one.draft }) : "";
  const { act } = one;
  const state = await submit(who, run[act], { ...sent, draft }).catch((error: unknown) => {
    if (error instanceof Interrupt) return { status: error.kind };
    throw error;
  });
  await keepSecret(who);
  return state.status;
}

/** A switch of role renews the secret of the session; the person goes on with the new one. */
async function keepSecret(who: Person): Promise<void> {
  const [open] = await db()
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, who.id), isNull(sessions.endedAt)));
  if (!open || (await readAccess(db(), who.secret)) || request.cookies.size === 0) return;
  const token = decodeToken([...request.cookies.values()][0] ?? "");
  if (token) who.secret = token.secret;
}

async function endAll(): Promise<void> {
  const past = { expiresAt: sql`now() - interval '1 second'` };
  await transaction((tx) => tx.update(assignments).set(past).where(isNotNull(assignments.expiresAt)));
}

const refusals = () => db().$count(auditEntries, eq(auditEntries.outcome, "refused"));
const inert = ({ roles, users, elements }: Facts) => ({ roles, users, elements });

/** What each user could do, and what each role gives: nothing grew by what the actor does not have. */
function judge(before: Facts, after: Facts, actor: Set<string>): void {
  for (const user of after.users) {
    const was = before.users.find(({ id }) => id === user.id);
    // A password set by somebody else is a way into all that the account may do.
    const isTaken = was && was.secret !== user.secret;
    const could = was && !isTaken ? couldDo(was, before) : new Map<string, number>();
    const gained = [...couldDo(user, after)].filter(([word, until]) => until > (could.get(word) ?? 0));
    expect(gained.map(([word]) => word).filter((word) => !actor.has(word))).toEqual([]);
  }
  for (const role of after.roles) {
    const was = before.roles.find(({ id }) => id === role.id);
    const gave = was ? wordsOf(was, before) : new Set<string>();
    expect([...wordsOf(role, after)].filter((word) => !gave.has(word) && !actor.has(word))).toEqual([]);
  }
  expect(hasAdministrator(after)).toBe(true);
}

async function compare(cast: Person[], facts: Facts): Promise<void> {
  for (const who of cast) {
    const access = await readAccess(db(), who.secret);
    const session = await sessionOf(who.id);
    expect(Boolean(access)).toBe(Boolean(session && !facts.users.find(({ id }) => id === who.id)?.isDisabled));
    if (access && session) expect(await asked(access, facts)).toEqual(present(mayNow(session, facts)));
  }
}
