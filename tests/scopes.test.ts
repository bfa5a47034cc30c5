import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Access } from "@/lib/access/can";
import { elementSources } from "@/lib/access/elements";
import { covers, type Element, type Mark, type Tree, treeOf } from "@/lib/access/marks";
import { type AggregateRight, aggregates, type Right } from "@/lib/access/registry";
import { covered, coveredByTree, coveredJobs } from "@/lib/access/scope";
import { db, transaction } from "@/lib/db";
import { roleScopes, roles, sessions } from "@/lib/db/schema/access";
import { customerGroups, customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { reports } from "@/lib/db/schema/reports";
import { accessOf, type Person, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { addRole } from "./support/roles";

/** Ids of different tables are the same on purpose: a mark of one right says nothing about another. */
const idAt = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`;
const COUNTS: Record<AggregateRight, number> = { "customers.view": 9, "resources.view": 14, "reports.view": 7 };
const TYPES: Record<AggregateRight, string[]> = {
  "customers.view": ["", idAt(0), idAt(1), idAt(2)],
  "resources.view": [idAt(0), idAt(1), idAt(2), idAt(3)],
  "reports.view": ["results", "times", "costs"],
};
const CASES = 10_000;
const PER_WORLD = 100;

let ada: Person;
let ids: Record<"first" | "second" | "viewing" | "previewed" | "admin", string>;

beforeAll(async () => {
  await openTestDatabase();
  await transaction(async (tx) => {
    await tx.insert(customerGroups).values([0, 1, 2].map((i) => ({ id: idAt(i), name: `Group ${i}` })));
    await tx.insert(resourceTypes).values([0, 1, 2, 3].map((i) => ({ id: idAt(i), name: `Kind ${i}`, position: i })));
    for (let i = 0; i < COUNTS["customers.view"]; i++)
      await tx.insert(customers).values({ id: idAt(i), name: `C${i}` });
    for (let i = 0; i < COUNTS["resources.view"]; i++) {
      const row = {
        id: idAt(i),
        name: `J${i}`,
        customerId: idAt(i % COUNTS["customers.view"]),
        resourceTypeId: idAt(0),
      };
      await tx.insert(jobs).values(row);
    }
    for (let i = 0; i < COUNTS["reports.view"]; i++)
      await tx.insert(reports).values({ id: idAt(i), name: `R${i}`, days: 7, createdBy: "ada" });
  });
  ids = {
    first: await addRole("First", []),
    second: await addRole("Second", []),
    viewing: await addRole("Viewing", ["roles.manage"]),
    previewed: await addRole("Previewed", []),
    admin: (await db().select({ id: roles.id }).from(roles).where(eq(roles.builtIn, "admin")))[0]?.id ?? "",
  };
  ada = await person("ada", "First", "Second", "Viewing");
});
afterAll(closeTestDatabase);

const place = <T>(places: T[]) =>
  fc.uniqueArray(fc.tuple(fc.constantFrom(...places), fc.boolean()), { selector: ([at]) => JSON.stringify(at) });

/** Marks also on what does not exist (any more). */
const marksOn = (right: AggregateRight) =>
  fc
    .tuple(
      fc.option(fc.boolean()),
      place([...TYPES[right], idAt(77)]),
      place([...Array.from({ length: COUNTS[right] }, (_, i) => idAt(i)), idAt(88)]),
    )
    .map(([root, types, elements]): Mark[] => [
      ...(root === null ? [] : [{ type: null, elementId: null, included: root }]),
      ...types.map(([type, included]) => ({ type, elementId: null, included })),
      ...elements.map(([elementId, included]) => ({ type: null, elementId, included })),
    ]);

const anyRole = fc.record({
  rights: fc.subarray<Right>(aggregates.map(({ right }) => right)),
  marks: fc.record({
    "customers.view": marksOn("customers.view"),
    "resources.view": marksOn("resources.view"),
    "reports.view": marksOn("reports.view"),
  }),
});
const world = fc.record({
  types: fc.record({
    "customers.view": typesFor("customers.view"),
    "resources.view": typesFor("resources.view"),
    "reports.view": typesFor("reports.view"),
  }),
  owners: fc.array(fc.nat(COUNTS["customers.view"] - 1), { minLength: 14, maxLength: 14 }),
  first: anyRole,
  second: anyRole,
  previewed: anyRole,
  asAdmin: fc.boolean(),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
type AnyRole = World["first"];

function typesFor(right: AggregateRight) {
  const length = COUNTS[right];
  return fc.array(fc.constantFrom(...TYPES[right]), { minLength: length, maxLength: length });
}

async function build({ types, owners, first, second, previewed }: World): Promise<void> {
  const pairs = (right: AggregateRight) => JSON.stringify(types[right].map((type, i) => ({ id: idAt(i), type })));
  const given = (right: AggregateRight) => sql`jsonb_to_recordset(${pairs(right)}::jsonb) as given(id uuid, type text)`;
  const owned = JSON.stringify(owners.map((at, i) => ({ id: idAt(i), owner: idAt(at) })));
  await transaction(async (tx) => {
    await tx.execute(sql`update customers set group_id = nullif(given.type, '')::uuid from ${given("customers.view")}
      where customers.id = given.id`);
    await tx.execute(
      sql`update jobs set resource_type_id = given.type::uuid from ${given("resources.view")} where jobs.id = given.id`,
    );
    await tx.execute(sql`update jobs set customer_id = given.owner
      from jsonb_to_recordset(${owned}::jsonb) as given(id uuid, owner uuid) where jobs.id = given.id`);
    await tx.execute(
      sql`update reports set kind = given.type from ${given("reports.view")} where reports.id = given.id`,
    );
    await tx.delete(roleScopes);
    for (const [roleId, role] of [
      [ids.first, first],
      [ids.second, second],
      [ids.previewed, previewed],
    ] as const) {
      await tx.update(roles).set({ rights: role.rights }).where(eq(roles.id, roleId));
      const rows = aggregates.flatMap(({ right }) => role.marks[right].map((mark) => ({ ...mark, roleId, right })));
      if (rows.length > 0) await tx.insert(roleScopes).values(rows);
    }
  });
}

async function acting(activeRoleIds: string[], previewRoleId: string | null): Promise<Access> {
  await transaction((tx) =>
    tx.update(sessions).set({ activeRoleIds, previewRoleId }).where(eq(sessions.userId, ada.id)),
  );
  return accessOf(ada);
}

async function selected(right: AggregateRight, where: SQL | undefined): Promise<string[]> {
  const { table, id } = elementSources[right];
  const rows = await db()
    .select({ id: sql<string>`${id}` })
    .from(table)
    .where(where);
  return rows.map((row) => row.id).sort();
}

const selectedJobs = async (where: SQL | undefined) =>
  (await db().select({ id: jobs.id }).from(jobs).innerJoin(customers, eq(customers.id, jobs.customerId)).where(where))
    .map((row) => row.id)
    .sort();

/** What the pure model says of one role. */
const holds = (role: AnyRole, right: AggregateRight, element: Element): boolean =>
  role.rights.includes(right) && covers(treeOf(role.marks[right]), element);

test("the predicate in SQL selects exactly what the nearest mark decides: one role, two roles, a preview, a draft", async () => {
  let decided = 0;
  const numRuns = CASES / PER_WORLD;
  await fc.assert(
    fc.asyncProperty(world, async (made) => {
      await build(made);
      const { first, second, previewed, asAdmin } = made;
      const elementsOf = (right: AggregateRight): Element[] =>
        made.types[right].map((type, i) => ({ id: idAt(i), type }));
      const alike = async (access: Access, allows: (right: AggregateRight, element: Element) => boolean) => {
        for (const { right } of aggregates) {
          const expected = elementsOf(right).filter((element) => allows(right, element));
          expect(await selected(right, covered(access, right)), right).toEqual(expected.map(({ id }) => id));
          decided += COUNTS[right];
        }
        const [customer, job] = [elementsOf("customers.view"), elementsOf("resources.view")];
        const both = job.filter((one, i) => {
          const owner = customer[made.owners[i] ?? 0];
          return owner && allows("resources.view", one) && allows("customers.view", owner);
        });
        expect(await selectedJobs(coveredJobs(access))).toEqual(both.map(({ id }) => id));
        decided += job.length;
      };
      const one = (right: AggregateRight, element: Element) => holds(first, right, element);
      const either = (right: AggregateRight, element: Element) => one(right, element) || holds(second, right, element);
      await alike(await acting([ids.first], null), one);
      await alike(await acting([ids.first, ids.second], null), either);
      const looking = await acting([ids.first, ids.second, ids.viewing], asAdmin ? ids.admin : ids.previewed);
      await alike(looking, (right, element) => either(right, element) && (asAdmin || holds(previewed, right, element)));
      for (const { right } of aggregates) {
        const tree: Tree = treeOf(previewed.marks[right]);
        const expected = elementsOf(right).filter((element) => covers(tree, element));
        expect(await selected(right, coveredByTree(tree, right)), `draft ${right}`).toEqual(
          expected.map(({ id }) => id),
        );
        decided += COUNTS[right];
      }
    }),
    { numRuns, endOnFailure: true },
  );
  expect(decided).toBeGreaterThanOrEqual(CASES);
}, 120_000);

test("a new element falls under the mark of its type, and a moved one under that of its new type", async () => {
  const servers = [{ type: idAt(1), elementId: null, included: true }];
  await transaction(async (tx) => {
    await tx.delete(roleScopes);
    await tx
      .update(roles)
      .set({ rights: ["resources.view"] })
      .where(eq(roles.id, ids.first));
    await tx
      .insert(roleScopes)
      .values(servers.map((mark) => ({ ...mark, roleId: ids.first, right: "resources.view" })));
    await tx.update(jobs).set({ resourceTypeId: idAt(2) });
    const later = { name: "Later", customerId: idAt(0), resourceTypeId: idAt(1) };
    await tx.insert(jobs).values({ id: idAt(50), ...later });
  });
  const access = await acting([ids.first], null);
  expect(await selected("resources.view", covered(access, "resources.view"))).toEqual([idAt(50)]);
  await transaction((tx) =>
    tx
      .update(jobs)
      .set({ resourceTypeId: idAt(1) })
      .where(eq(jobs.id, idAt(3))),
  );
  await transaction((tx) =>
    tx
      .update(jobs)
      .set({ resourceTypeId: idAt(2) })
      .where(eq(jobs.id, idAt(50))),
  );
  expect(await selected("resources.view", covered(access, "resources.view"))).toEqual([idAt(3)]);
  const both = and(covered(access, "resources.view"), inArray(jobs.id, [idAt(3), idAt(50)]));
  expect(await selected("resources.view", both)).toEqual([idAt(3)]);
});
