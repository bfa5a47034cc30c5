import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/roles/impact/route";
import { covers, type Mark, type Tree, treeOf } from "@/lib/access/marks";
import { type AggregateRight, defaultRights, type Right } from "@/lib/access/registry";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roleScopes, roles } from "@/lib/db/schema/access";
import { customerGroups, resourceTypes } from "@/lib/db/schema/desk";
import { menus } from "@/lib/db/schema/menus";
import type { Impact } from "@/lib/insight/impact";
import { impactLine } from "@/lib/insight/impact-words";
import { getImpact } from "@/lib/insight/queries";
import type { RoleDraft } from "@/lib/roles/draft";
import { packed } from "@/lib/roles/wire";
import { actAs, type Person, person, request } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

type Row = { id: string; type: string };

let ada: Person;
let lena: Person;
let groups: string[] = [];
let kinds: string[] = [];
const shops: Row[] = [];
const machines: (Row & { customer: Row })[] = [];

beforeAll(async () => {
  await openTestDatabase();
  const types = await db().select().from(resourceTypes).orderBy(resourceTypes.position).limit(2);
  kinds = types.map(({ id }) => id);
  const made = await transaction((tx) =>
    tx
      .insert(customerGroups)
      .values([{ name: "Gold" }, { name: "Iron" }])
      .returning(),
  );
  groups = made.map(({ id }) => id);
  for (const [name, groupId] of [
    ["A", groups[0]],
    ["B", groups[0]],
    ["C", groups[1]],
    ["D", undefined],
  ] as const) {
    const { id } = await customerNamed(name, { groupId });
    shops.push({ id, type: groupId ?? "" });
    for (const resourceTypeId of kinds) {
      const job = await jobOf({ id }, `${name} ${resourceTypeId}`, { resourceTypeId });
      machines.push({ id: job.id, type: resourceTypeId, customer: { id, type: groupId ?? "" } });
    }
  }
  ada = await person("ada", "Admin");
  await addRole("Half", ["roles.manage", "customers.view", "resources.view"], {
    "customers.view": only(shops[0]?.id ?? "", shops[2]?.id ?? ""),
    "resources.view": [{ type: kinds[0] ?? "", elementId: null, included: true }],
  });
  lena = await person("lena", "Half");
});
afterAll(closeTestDatabase);

const draftOf = (rights: Right[], marks: Partial<Record<AggregateRight, readonly Mark[]>> = {}): RoleDraft => ({
  name: "Tried",
  description: "",
  rights,
  marks: Object.entries(marks).flatMap(([right, own]) =>
    own.map((mark) => ({ ...mark, right: right as AggregateRight })),
  ),
});

async function store(id: string, { rights, marks }: RoleDraft): Promise<void> {
  await transaction(async (tx) => {
    await tx.update(roles).set({ rights }).where(eq(roles.id, id));
    await tx.delete(roleScopes).where(eq(roleScopes.roleId, id));
    if (marks.length > 0) await tx.insert(roleScopes).values(marks.map((mark) => ({ ...mark, roleId: id })));
  });
}

test("won and lost are what is seen after and not before, among what who asks covers", async () => {
  const marksOn = (types: string[], rows: Row[]) =>
    fc
      .uniqueArray(
        fc.record({
          place: fc.constantFrom("root", ...types.map((type) => `type ${type}`), ...rows.map(({ id }) => id)),
          included: fc.boolean(),
        }),
        { selector: ({ place }) => place, maxLength: 7 },
      )
      .map((marks) =>
        marks.map(({ place, included }): Mark => {
          if (place === "root") return { type: null, elementId: null, included };
          if (place.startsWith("type ")) return { type: place.slice(5), elementId: null, included };
          return { type: null, elementId: place, included };
        }),
      );
  const draft = fc
    .record({
      rights: fc.subarray<Right>(["customers.view", "resources.view", "tickets.view"]),
      customers: marksOn([...groups, ""], shops),
      resources: marksOn(kinds, machines),
    })
    .map(({ rights, customers, resources }) =>
      draftOf(rights, {
        ...(rights.includes("customers.view") && { "customers.view": customers }),
        ...(rights.includes("resources.view") && { "resources.view": resources }),
      }),
    );
  const id = await addRole("Tried", []);
  const treeIn = ({ marks }: RoleDraft, right: AggregateRight): Tree =>
    treeOf(marks.filter((mark) => mark.right === right));
  const seesShop = (one: RoleDraft, shop: Row) => covers(treeIn(one, "customers.view"), shop);
  const seesMachine = (one: RoleDraft, machine: (typeof machines)[number]) =>
    covers(treeIn(one, "resources.view"), machine) && seesShop(one, machine.customer);
  const covered = { ada: () => true, lena: (shop: Row) => [shops[0], shops[2]].some((one) => one?.id === shop.id) };

  await fc.assert(
    fc.asyncProperty(draft, draft, fc.constantFrom<"ada" | "lena">("ada", "lena"), async (before, after, who) => {
      await store(id, before);
      actAs(who === "ada" ? ada : lena);
      const impact = await getImpact(id, after);
      const numbers = <One extends Row>(rows: One[], sees: (draft: RoleDraft, row: One) => boolean) => ({
        won: rows.filter((row) => sees(after, row) && !sees(before, row)).length,
        lost: rows.filter((row) => sees(before, row) && !sees(after, row)).length,
      });
      const own = machines.filter(
        ({ customer, type }) => who === "ada" || (covered.lena(customer) && type === kinds[0]),
      );
      const expected = [
        { right: "customers.view", ...numbers(shops.filter(covered[who]), seesShop) },
        { right: "resources.view", ...numbers(own, seesMachine) },
      ].filter(({ won, lost }) => won > 0 || lost > 0);
      expect(impact?.rows).toEqual(expected);
      expect(impact?.rights.won.toSorted()).toEqual(after.rights.filter((one) => !before.rights.includes(one)).sort());
      expect(impact?.rights.lost.toSorted()).toEqual(before.rights.filter((one) => !after.rights.includes(one)).sort());
    }),
    { numRuns: 150 },
  );
});

test("whom it concerns: holders by name, sessions that act in it, links of the menus as they are stored", async () => {
  const id = await addRole("Night desk", ["dashboard.view", "runs.view", "tickets.view"]);
  const [nora, ned] = [await person("nora", "Night desk"), await person("ned", "Viewer", "Night desk")];
  actAs(ada);
  const impact = await getImpact(id, draftOf(["dashboard.view", "tickets.view", "audit.view"]));
  expect(impact).toMatchObject({ holders: 2, names: ["ned", "nora"], sessions: 1 });
  expect(impact?.links.won).toEqual(["Main: Audit Log"]);
  expect(impact?.links.lost).toContain("Main: Run Checks");

  await transaction((tx) =>
    tx
      .update(assignments)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(assignments.userId, nora.id)),
  );
  await transaction((tx) =>
    tx.insert(menus).values({
      key: "main",
      items: [
        { page: "/audit-log", label: "Who did what" },
        { page: "/run-checks", hidden: true },
      ],
      knownPages: ["/audit-log", "/run-checks"],
    }),
  );
  const later = await getImpact(id, draftOf(["dashboard.view", "tickets.view", "audit.view"]));
  expect(later).toMatchObject({ holders: 1, names: ["ned"], sessions: 0 });
  expect(later?.links.won).toContain("Main: Who did what");
  expect(later?.links.lost).not.toContain("Main: Run Checks");
  expect(ned.username).toBe("ned");
  await transaction((tx) => tx.delete(menus));
});

test("in words", () => {
  const none: Impact = {
    holders: 0,
    names: [],
    sessions: 0,
    rights: { won: [], lost: [] },
    rows: [],
    links: { won: [], lost: [] },
  };
  expect(impactLine(none)).toBe("Nobody holds this role yet: nothing that the role may do or see changes.");
  expect(
    impactLine({
      ...none,
      holders: 4,
      sessions: 2,
      rights: { won: ["audit.view"], lost: ["jobs.manage", "tickets.view"] },
      rows: [
        { right: "customers.view", won: 1, lost: 0 },
        { right: "resources.view", won: 0, lost: 1037 },
      ],
    }),
  ).toBe("Affects 4 users, 2 sessions: 1 right won, 2 lost, 1 customer won, 1,037 resources lost.");
});

test("the door takes a draft as forms carry it, changes nothing, and says what is wrong", async () => {
  const id = await addRole("By the door", defaultRights("viewer"));
  const ask = async (who: Person, role: string | null, body: BodyInit) => {
    actAs(who);
    const address = `http://localhost/api/roles/impact${role === null ? "" : `?role=${role}`}`;
    const sent = new Request(address, { method: "POST", headers: request.headers, body });
    const answer = await POST(sent, { params: Promise.resolve({}) });
    return { status: answer.status, ...((await answer.json()) as Partial<Impact> & { error?: string }) };
  };
  const draft = { ...draftOf(["customers.view"], { "customers.view": ALL }), name: "" };
  expect(await ask(ada, id, packed(draft))).toMatchObject({ status: 200, holders: 0, rights: { won: [] } });
  expect(await ask(ada, null, packed(draft))).toMatchObject({
    status: 200,
    rights: { won: ["customers.view"], lost: [] },
    rows: [{ right: "customers.view", won: 4, lost: 0 }],
  });
  expect(await ask(ada, shops[0]?.id ?? "", packed(draft))).toMatchObject({ status: 404 });
  for (const [role, body] of [
    ["x", packed(draft)],
    [id, "{}"],
    [id, "no JSON"],
    [id, '{"rights":["x"],"scopes":{}}'],
  ] as const)
    expect((await ask(ada, role, body)).status).toBe(422);
  expect((await ask(ada, id, "x".repeat(9 * 1024 * 1024))).status).toBe(413);

  const vi = await person("vi", "Viewer");
  expect((await ask(vi, id, packed(draft))).status).toBe(403);
  expect(await db().select().from(auditEntries).where(eq(auditEntries.actor, "vi"))).toMatchObject([
    { action: "role.impact", outcome: "refused" },
  ]);
  const [stored] = await db().select().from(roles).where(eq(roles.id, id));
  expect(stored).toMatchObject({ rights: defaultRights("viewer"), version: 1 });
});
