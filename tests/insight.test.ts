import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Mark } from "@/lib/access/marks";
import { allRights } from "@/lib/access/registry";
import { db, transaction } from "@/lib/db";
import { assignments, roles } from "@/lib/db/schema/access";
import { customerGroups, customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { compareRoles, findRows, getInsight, whyMay } from "@/lib/insight/queries";
import { actAs, Interrupt, type Person, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

let ada: Person;
let lena: Person;
let acme: { id: string };
let bolt: { id: string };
let server: { id: string; name: string };
let nas: { id: string; name: string };
let mail: { id: string };
let files: { id: string };
let tapes: { id: string };

const type = (id: string, included: boolean): Mark => ({ type: id, elementId: null, included });
const out = (...ids: string[]): Mark[] => ids.map((elementId) => ({ type: null, elementId, included: false }));

beforeAll(async () => {
  await openTestDatabase();
  const [first, second] = await db().select().from(resourceTypes).orderBy(resourceTypes.position);
  if (!first || !second) throw new Error("There are no resource types.");
  [server, nas] = [first, second];
  [acme, bolt] = [await customerNamed("Acme"), await customerNamed("Bolt")];
  mail = await jobOf(acme, "Mail server", { resourceTypeId: server.id });
  files = await jobOf(bolt, "File server", { resourceTypeId: server.id });
  tapes = await jobOf(bolt, "Tapes", { resourceTypeId: nas.id });
  ada = await person("ada", "Admin");
  await addRole("Acme desk", ["users.manage", "roles.manage", "customers.view", "resources.view"], {
    "customers.view": only(acme.id),
    "resources.view": [type(server.id, true)],
  });
  lena = await person("lena", "Acme desk");
});
afterAll(closeTestDatabase);

/** What is written behind a right of a role on the page of a user. */
async function told(looking: Person, userId: string, right: string): Promise<string | undefined> {
  actAs(looking);
  const { held } = await getInsight(userId);
  return held.flatMap(({ areas }) => areas.flatMap(({ rights }) => rights)).find((one) => one.right === right)?.scope;
}

test("only who manages users sees what somebody may do, and nobody who is not there", async () => {
  const vi = await person("vi", "Viewer");
  actAs(vi);
  for (const ask of [
    () => getInsight(ada.id),
    () => whyMay(ada.id, "jobs.manage", ""),
    () => findRows("customers.view", "a"),
    () => compareRoles(ada.id, ada.id),
  ])
    await expect(ask()).rejects.toEqual(new Interrupt("forbidden"));
  actAs(ada);
  for (const id of ["x", acme.id]) {
    await expect(getInsight(id)).rejects.toEqual(new Interrupt("not-found"));
    await expect(whyMay(id, "jobs.manage", "")).rejects.toEqual(new Interrupt("not-found"));
  }
});

test("roles with their ends, expired ones without rights, sessions, and rights by area", async () => {
  const tom = await person("tom", "Operator", "Reporter");
  const [reporter] = await db().select().from(roles).where(eq(roles.name, "Reporter"));
  const ended = new Date(Date.now() - 1000);
  await transaction((tx) =>
    tx
      .update(assignments)
      .set({ expiresAt: ended, reason: "Stood in" })
      .where(sql`${assignments.userId} = ${tom.id} and ${assignments.roleId} = ${reporter?.id}`),
  );
  actAs(ada);
  const insight = await getInsight(tom.id);
  expect(insight).toMatchObject({ username: "tom", sessions: 1, disabledAt: null });
  expect(insight.roles).toMatchObject([
    { name: "Operator", isHeld: true, until: null },
    { name: "Reporter", isHeld: false, until: ended, reason: "Stood in" },
  ]);
  expect(insight.held.map(({ name }) => name)).toEqual(["Operator"]);
  expect(insight.held[0]?.areas.map(({ area }) => area)).toEqual(
    expect.arrayContaining(["Dashboard", "Mails", "Customers", "Resources"]),
  );
  expect(await told(ada, tom.id, "resources.view")).toBe("(all)");
  expect(await told(ada, tom.id, "jobs.manage")).toBe("");
  const answer = await whyMay(tom.id, "reports.figures", "");
  expect(answer.answer).toMatchObject({
    allowed: false,
    elsewhere: "Other roles that would allow it: Admin, Reporter.",
  });
});

describe("names are told only as far as who looks covers them", () => {
  let eva: Person;
  let max: Person;

  beforeAll(async () => {
    await addRole("Parts", ["customers.view", "resources.view", "reports.view"], {
      "customers.view": [...ALL, ...out(acme.id, bolt.id)],
      "resources.view": [type(server.id, true), ...out(mail.id, files.id), ...only(tapes.id)],
    });
    await addRole("Tapes only", ["customers.view", "resources.view"], {
      "customers.view": only(bolt.id),
      "resources.view": only(tapes.id),
    });
    eva = await person("eva", "Parts");
    max = await person("max", "Tapes only");
  });

  test("all of them to who covers all", async () => {
    expect(await told(ada, eva.id, "resources.view")).toBe(
      `${server.name}: all except File server, Mail server; ${nas.name}: Tapes`,
    );
    expect(await told(ada, eva.id, "customers.view")).toBe(
      "Without a group: all except Acme, Bolt; everything else: all",
    );
    expect(await told(ada, max.id, "resources.view")).toBe(`${nas.name}: Tapes`);
  });

  test("others are others, without a name or a number", async () => {
    const resources = await told(lena, eva.id, "resources.view");
    expect(resources).toBe(`${server.name}: all except Mail server; others that your role does not cover`);
    expect(await told(lena, eva.id, "customers.view")).toMatch(/except Acme.*others that your role does not cover$/);
    expect(await told(lena, max.id, "resources.view")).toBe("(some that your role does not cover)");
    expect(await told(lena, max.id, "customers.view")).toBe("(some that your role does not cover)");
    expect(await told(lena, eva.id, "reports.view")).toBe("(not told: your own role does not hold this right)");
  });

  test("what is gone is not told of", async () => {
    const lost = await jobOf(bolt, "Soon gone", { resourceTypeId: nas.id });
    await addRole("Past", ["resources.view"], { "resources.view": [...only(lost.id), type(ada.id, true)] });
    const ned = await person("ned", "Past");
    await transaction((tx) => tx.delete(jobs).where(eq(jobs.id, lost.id)));
    expect(await told(ada, ned.id, "resources.view")).toBe("(none)");
    expect(await told(lena, ned.id, "resources.view")).toBe("(none)");
  });

  test("one asks about rows that one covers, and finds no others", async () => {
    actAs(ada);
    expect((await findRows("resources.view", "server")).map(({ name }) => name)).toEqual([
      "File server",
      "Mail server",
    ]);
    expect((await findRows("resources.view", "bolt")).map(({ name }) => name)).toEqual(["File server", "Tapes"]);
    expect(await findRows("resources.view", "%")).toEqual([]);
    expect(await findRows("jobs.manage", "server")).toEqual([]);
    expect(await whyMay(eva.id, "resources.view", mail.id)).toMatchObject({
      rowName: "Mail server",
      answer: {
        allowed: false,
        verdicts: [
          {
            sentences: [
              expect.stringContaining("but Mail server is excluded by a mark of its own."),
              expect.stringContaining("but Acme is excluded by a mark of its own."),
            ],
          },
        ],
      },
    });
    actAs(lena);
    expect((await findRows("resources.view", "")).map(({ name }) => name)).toEqual(["Mail server"]);
    expect((await whyMay(eva.id, "resources.view", mail.id)).answer?.allowed).toBe(false);
    for (const id of [files.id, tapes.id, "x", acme.id])
      expect(await whyMay(eva.id, "resources.view", id)).toEqual({ rowName: "", answer: null });
    expect((await whyMay(eva.id, "customers.view", bolt.id)).answer).toBeNull();
  });

  test("the group of a customer decides, and is named", async () => {
    const [gold] = await transaction((tx) => tx.insert(customerGroups).values({ name: "Gold" }).returning());
    await transaction((tx) => tx.update(customers).set({ groupId: gold?.id }).where(eq(customers.id, bolt.id)));
    await addRole("Gold desk", ["customers.view", "resources.view"], {
      "customers.view": [type(gold?.id ?? "", true)],
    });
    const gus = await person("gus", "Gold desk");
    actAs(ada);
    expect((await whyMay(gus.id, "resources.view", tapes.id)).answer).toMatchObject({
      allowed: true,
      headline: "gus may, as Gold desk.",
      verdicts: [
        { sentences: [expect.anything(), expect.stringContaining('Bolt is included by the mark on "Gold".')] },
      ],
    });
    expect((await whyMay(gus.id, "customers.view", acme.id)).answer?.verdicts[0]?.sentences[0]).toContain(
      'neither it, nor "Without a group", nor everything is marked',
    );
    expect(await told(ada, gus.id, "customers.view")).toBe("Gold: all");
    expect(await told(lena, gus.id, "customers.view")).toBe("(some that your role does not cover)");
    await transaction((tx) => tx.update(customers).set({ groupId: null }).where(eq(customers.id, bolt.id)));
  });
});

test("two roles: what only one holds, what they hold differently, and what alike", async () => {
  const left = await addRole("Left", ["dashboard.view", "customers.view", "resources.view", "jobs.manage"], {
    "customers.view": [...only(acme.id)],
    "resources.view": [type(server.id, true), ...out(mail.id)],
  });
  const right = await addRole("Right", ["dashboard.view", "customers.view", "resources.view", "audit.view"], {
    "customers.view": [...only(acme.id, bolt.id)],
    // The same elements by other marks, now and later.
    "resources.view": [type(server.id, true), type(nas.id, false), ...out(mail.id)],
  });
  actAs(ada);
  const found = await compareRoles(left, right);
  const names = (rows?: { right: string }[]) => rows?.map((row) => row.right);
  expect(names(found?.onlyA)).toEqual(["jobs.manage"]);
  expect(names(found?.onlyB)).toEqual(["audit.view"]);
  expect(names(found?.same)).toEqual(["dashboard.view", "resources.view"]);
  expect(found?.different).toEqual([
    {
      right: "customers.view",
      label: "View customers",
      a: "Without a group: Acme",
      b: "Without a group: Acme, Bolt",
    },
  ]);
  const swapped = await compareRoles(right, left);
  expect(names(swapped?.onlyA)).toEqual(["audit.view"]);
  const [admin] = await db().select().from(roles).where(eq(roles.name, "Admin"));
  const withAdmin = await compareRoles(left, admin?.id ?? "");
  expect(withAdmin?.onlyA).toEqual([]);
  expect((withAdmin?.onlyB.length ?? 0) + (withAdmin?.different.length ?? 0) + (withAdmin?.same.length ?? 0)).toBe(
    allRights().length,
  );
  expect(await compareRoles(left, acme.id)).toBeNull();
  expect(await compareRoles(left, "x")).toBeNull();

  actAs(lena);
  const less = await compareRoles(left, right);
  expect(JSON.stringify(less)).not.toContain("Bolt");
  expect(names(less?.different), "that they differ is known, not in what").toEqual(["customers.view"]);
  expect(less?.different[0]).toMatchObject({
    a: "Without a group: Acme",
    b: "Without a group: Acme; others that your role does not cover",
  });
});
