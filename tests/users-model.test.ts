import { eq, isNotNull, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { rightsOf } from "@/lib/access/policy";
import { allRights, type Right } from "@/lib/access/registry";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roles, users } from "@/lib/db/schema/access";
import { createUser, deleteUser, disableUser, enableUser, saveRoles, setPassword } from "@/lib/users/actions";
import { assignRole, removeRole } from "@/lib/users/bulk/actions";
import { assignUntil, forgetExpiredRoles } from "@/lib/users/ends/actions";
import { accessOf, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { addRole } from "./support/roles";

vi.mock("@/lib/workers", () => import("./support/fast-workers"));

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);

/** Each right with the moment until which it is held. `isAdmin`: without an end. */
type World = Map<string, { rights: Map<Right, number>; isAdmin: boolean; secret: string }>;

/** What everybody could do, over all of their roles that have not expired; who is disabled can do nothing. */
async function world(): Promise<World> {
  const rows = await db()
    .select({
      id: users.id,
      disabledAt: users.disabledAt,
      hash: users.passwordHash,
      builtIn: roles.builtIn,
      until: assignments.expiresAt,
      rights: roles.rights,
    })
    .from(users)
    .leftJoin(assignments, eq(assignments.userId, users.id))
    .leftJoin(roles, eq(roles.id, assignments.roleId));
  const found: World = new Map();
  for (const row of rows) {
    const held =
      row.rights && !row.disabledAt ? rightsOf({ builtIn: row.builtIn, rights: row.rights }) : new Set<Right>();
    const until = row.until?.getTime() ?? Number.POSITIVE_INFINITY;
    const user = found.get(row.id) ?? { rights: new Map<Right, number>(), isAdmin: false, secret: row.hash };
    if (until > Date.now())
      for (const right of held) user.rights.set(right, Math.max(until, user.rights.get(right) ?? 0));
    user.isAdmin ||= row.builtIn === "admin" && !row.disabledAt && row.until === null;
    found.set(row.id, user);
  }
  return found;
}

const acts = {
  ...{ createUser, deleteUser, disableUser, enableUser, saveRoles, setPassword, assignRole, removeRole },
  ...{ assignUntil, forgetExpiredRoles },
};
const step = fc.record({
  actor: fc.nat(6),
  target: fc.nat(6),
  act: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
  roles: fc.uniqueArray(fc.nat(6), { maxLength: 3 }),
  until: fc.constantFrom("", "2126-01-01T00:00", "2126-06-01T00:00", "2020-01-01T00:00"),
  /** Before this step all ends that were set are over. */
  timePasses: fc.boolean(),
});
const random = fc.record({
  /** The rights of two roles of the account's own; both may manage users. */
  own: fc.tuple(fc.subarray(allRights()), fc.subarray(allRights())),
  people: fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 6 }),
  steps: fc.array(step, { minLength: 5, maxLength: 16 }),
});
const PASSWORD = "violet-tractor-hums-9";
let serial = 0;

test("whatever people do, nobody ends up with rights the actor lacks, and an administrator remains", async () => {
  const property = fc.asyncProperty(random, async ({ own, people, steps }) => {
    const { cast, roleIds } = await makeWorld(own, people);
    for (const { actor, target, act, roles: picked, until, timePasses } of steps) {
      if (timePasses) await letExpire();
      const who = cast[actor % cast.length] as Person;
      const before = await world();
      const access = await accessOf(who).catch(() => null);
      const entries = await db().$count(auditEntries);
      const id = cast[target % cast.length]?.id ?? "";
      const chosen = picked.flatMap((i) => roleIds[i] ?? []);
      const version =
        (await db().select({ version: users.version }).from(users).where(eq(users.id, id)))[0]?.version ?? 1;
      const outcome = await submit(who, acts[act], {
        id,
        version,
        "ids[]": [id],
        role: chosen[0] ?? "",
        until,
        "roles[]": chosen,
        no_role: "on",
        username: `made${++serial}`,
        password: PASSWORD,
        new_password: PASSWORD,
        confirm_new_password: PASSWORD,
      }).catch((error: unknown) => {
        if (error instanceof Interrupt) return error.kind;
        throw error;
      });
      const after = await world();
      judge(before, after, access?.rights ?? new Set());
      const isDone = typeof outcome !== "string" && outcome.status === "done";
      if (!isDone) expect(after).toEqual(before);
      const isInvalid = typeof outcome !== "string" && outcome.status === "invalid";
      expect((await db().$count(auditEntries)) - entries).toBeGreaterThanOrEqual(isInvalid ? 0 : 1);
    }
  });
  await fc.assert(property, { numRuns: 15, endOnFailure: true });
}, 120_000);

async function makeWorld(own: [Right[], Right[]], people: number[][]) {
  const mine = own.map((rights) => ({ name: `own ${++serial}`, rights: ["users.manage" as const, ...rights] }));
  for (const { name, rights } of mine) await addRole(name, [...new Set(rights)]);
  const all = await db().select({ id: roles.id, name: roles.name }).from(roles).orderBy(roles.position, roles.name);
  const names = ["Admin", "Operator", "Reporter", "Viewer", ...mine.map(({ name }) => name)];
  const cast = [await person(`boss${++serial}`, "Admin")];
  for (const held of people) cast.push(await person(`p${++serial}`, ...held.map((i) => names[i] ?? "Viewer")));
  return { cast, roleIds: names.map((name) => all.find((role) => role.name === name)?.id ?? "") };
}

async function letExpire(): Promise<void> {
  await transaction((tx) =>
    tx.update(assignments).set({ expiresAt: sql`now() - interval '1 second'` }).where(isNotNull(assignments.expiresAt)),
  );
}

/** A password set by somebody is a way into that account, so it counts as a gain of all that the account may do. */
function judge(before: World, after: World, actor: ReadonlySet<Right>): void {
  for (const [id, now] of after) {
    const was = before.get(id);
    const isTaken = was !== undefined && was.secret !== now.secret;
    const gained = [...now.rights].filter(([right, until]) => isTaken || until > (was?.rights.get(right) ?? 0));
    expect(gained.filter(([right]) => !actor.has(right))).toEqual([]);
  }
  expect([...after.values()].some(({ isAdmin }) => isAdmin)).toBe(true);
}
