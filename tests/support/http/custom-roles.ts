import { eq } from "drizzle-orm";
import { covers, coversType, isWhole, treeOf } from "@/lib/access/marks";
import { type AggregateRight, aggregates, allRights, type Right } from "@/lib/access/registry";
import { db, transaction } from "@/lib/db";
import { customers, jobs } from "@/lib/db/schema/desk";
import { ALL, addRole, type Marks, only } from "../roles";
import { seeded } from "../seeded";
import { addPerson, type Person } from "./people";
import { type Canaries, type Marked, plantOtherDesk } from "./rows";
import type { World } from "./world";

/** The rows of one customer: what they are called, where they are, and what decides whether a role covers them. */
export type Desk = {
  canaries: Canaries;
  addresses: Record<string, string>;
  rows: Record<AggregateRight, { id: string; type: string }>;
};
export type CustomPerson = Person & { marks: Marks };

/** @returns the planted desk and a second one. */
export const plantDesks = async (world: World): Promise<[Desk, Desk]> => [await deskOf(world), await addDesk(1002)];

/** @param ticket the number of its ticket. @returns one desk more. */
export const addDesk = async (ticket: number): Promise<Desk> =>
  deskOf(await transaction((tx) => plantOtherDesk(tx, ticket)));

async function deskOf({ canaries, addresses }: Pick<World, "canaries" | "addresses">): Promise<Desk> {
  const idIn = (page: string) => addresses[page]?.split("/").at(-1) ?? "";
  const [customer] = await db()
    .select()
    .from(customers)
    .where(eq(customers.id, idIn("/customers/[id]")));
  const [job] = await db()
    .select()
    .from(jobs)
    .where(eq(jobs.id, idIn("/jobs/[id]")));
  if (!customer || !job) throw new Error("No desk was planted.");
  const rows = {
    "customers.view": { id: customer.id, type: customer.groupId ?? "" },
    "resources.view": { id: job.id, type: job.resourceTypeId },
    "reports.view": { id: idIn("/reports/[id]"), type: "results" },
  };
  return { canaries, addresses, rows };
}

type Scope = (desk: Desk, right: AggregateRight) => Marks[AggregateRight];
const on = (type: string | null, elementId: string | null, included: boolean) => ({ type, elementId, included });

/** What each of the roles covers, by marks on the first desk. */
const scopes: Record<string, Scope> = {
  nothing: () => [],
  oneElement: ({ rows }, right) => only(rows[right].id),
  oneType: ({ rows }, right) => [on(rows[right].type, null, true)],
  allButOneElement: ({ rows }, right) => [...ALL, on(null, rows[right].id, false)],
  allButOneType: ({ rows }, right) => [...ALL, on(rows[right].type, null, false)],
  typeButElement: ({ rows }, right) => [on(rows[right].type, null, true), on(null, rows[right].id, false)],
};

/** Six people, each with a role of random rights that covers another part. The same seed makes the same roles. */
export async function plantCustomPeople(first: Desk, seed: number): Promise<CustomPerson[]> {
  const next = seeded(seed);
  const people: CustomPerson[] = [];
  for (const [key, scope] of Object.entries(scopes)) {
    const held = aggregates.map(({ right }) => right as Right);
    const rights = allRights().filter((right) => (held.includes(right) ? next() < 0.9 : next() < 0.6));
    const marks: Marks = Object.fromEntries(aggregates.map(({ right }) => [right, scope(first, right) ?? []]));
    await addRole(`custom ${key}`, rights, marks);
    people.push({ ...(await transaction((tx) => addPerson(tx, key, [`custom ${key}`]))), marks });
  }
  return people;
}

/** Somebody who looks at the customer of the desk, and holds no right that speaks of the whole account. */
export async function plantEndUser(desk: Desk): Promise<Person> {
  const rights: Right[] = ["dashboard.view", "runs.view", "tickets.view", "tickets.manage", "reports.generate"];
  const marks = Object.fromEntries(aggregates.map(({ right }) => [right, only(desk.rows[right].id)]));
  await addRole("custom end user", [...rights, ...aggregates.map(({ right }) => right)], marks);
  return transaction((tx) => addPerson(tx, "endUser", ["custom end user"]));
}

export function coversRow({ rights, marks }: CustomPerson, right: AggregateRight, desk: Desk): boolean {
  return rights.has(right) && covers(treeOf(marks[right] ?? []), desk.rows[right]);
}

/** Jobs and what hangs on them are seen with their customer only. */
export const coversJob = (who: CustomPerson, desk: Desk): boolean =>
  coversRow(who, "resources.view", desk) && coversRow(who, "customers.view", desk);

/** @returns whether the row behind an address with `[id]` is there for them, if they may open the page. */
export function isThere(path: string, who: CustomPerson, desk: Desk): boolean {
  if (path === "/settings/parsers/reparses/[id]") return coversAll(who);
  if (path === "/customers/[id]") return coversRow(who, "customers.view", desk);
  if (path === "/reports/[id]") return coversRow(who, "reports.view", desk);
  return !/^\/(jobs|runs|tickets|remarks)\/\[id\]$/.test(path) || coversJob(who, desk);
}

/** @returns whether no job is hidden from them, present or future. */
export const coversAll = (who: CustomPerson): boolean =>
  (["customers.view", "resources.view"] as const).every(
    (right) => who.rights.has(right) && isWhole(treeOf(who.marks[right] ?? [])),
  );

/** @returns the kinds of marked text of a desk that they may not be shown, whatever else their rights open. */
export function hiddenOf(who: CustomPerson, desk: Desk): Marked[] {
  const figures = who.rights.has("reports.view") && who.rights.has("reports.figures");
  const [customer, job] = [coversRow(who, "customers.view", desk), coversJob(who, desk)];
  const mayGiveType = (right: AggregateRight) =>
    who.rights.has(right) && coversType(treeOf(who.marks[right] ?? []), desk.rows[right].type);
  const hidden: Marked[] = [];
  if (!customer && !figures) hidden.push("customer");
  if (!customer) hidden.push("customerNotes");
  if (!customer && !mayGiveType("customers.view")) hidden.push("customerGroup");
  if (!job && !figures) hidden.push("job");
  if (!job) hidden.push("jobNotes", "jobKey", "run", "runObject", "jobMail", "ticket", "remark");
  if (!job && !mayGiveType("resources.view") && !who.rights.has("settings.manage")) hidden.push("resourceType");
  if (!coversRow(who, "reports.view", desk)) hidden.push("report");
  return hidden;
}
