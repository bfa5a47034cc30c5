import { writeFileSync } from "node:fs";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Mark } from "../../lib/access/marks";
import { type AggregateRight, isAggregate, type Right } from "../../lib/access/registry";
import { type Tx, transaction } from "../../lib/db";
import { assignments, roleScopes, roles, users } from "../../lib/db/schema/access";
import { customers, jobs, resourceTypes } from "../../lib/db/schema/desk";
import { mails } from "../../lib/db/schema/mails";
import { reports } from "../../lib/db/schema/reports";
import { demoPasswords, fillDemo } from "../../lib/demo/fill";

// The demo, and what the pictures show besides: a role with scopes, roles that end and that ended.
// The argument is the file that gets the ids of what the pictures open, by name, and the passwords of who opens it.
const DAY = 86_400_000;
const type = (id: string): Mark => ({ type: id, elementId: null, included: true });
const element = (elementId: string): Mark => ({ type: null, elementId, included: true });
const ALL: readonly Mark[] = [{ type: null, elementId: null, included: true }];
const now = new Date();
await fillDemo(now);
const ids = await transaction(add);
writeFileSync(process.argv[2] ?? "", JSON.stringify({ ids, passwords: demoPasswords }));
process.exit(0);

type Marks = Partial<Record<AggregateRight, readonly Mark[]>>;
type NewRole = { name: string; description: string; rights: readonly Right[]; marks: Marks };

async function add(tx: Tx): Promise<Record<string, string>> {
  const customer = await idOf(tx, customers, eq(customers.name, "Saint Aldric Hospital"));
  const mail = await idOf(tx, mails, and(eq(mails.kind, "run"), isNull(mails.jobId), isNull(mails.deletedAt)));
  const server = await idOf(tx, resourceTypes, eq(resourceTypes.name, "Server"));
  const nas = await idOf(tx, resourceTypes, eq(resourceTypes.name, "NAS"));
  const month = await idOf(tx, reports, sql`${reports.name} like 'Last 30 days%'`);
  const others = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(eq(jobs.resourceTypeId, server))
    .orderBy(asc(jobs.name))
    .limit(3);
  const engineer = await addRole(tx, {
    name: "Server Engineer",
    description: "Servers and NAS of all customers, without three that others look after.",
    rights: [
      "dashboard.view",
      "customers.view",
      "resources.view",
      "jobs.manage",
      "runs.view",
      "runs.review",
      "tickets.view",
    ],
    marks: {
      "resources.view": [type(server), type(nas), ...others.map(({ id }) => ({ ...element(id), included: false }))],
    },
  });
  await addEnds(tx, engineer);
  const endUser = await idOf(tx, users, eq(users.username, "eva"));
  const endUserRole = await idOf(tx, roles, sql`${roles.name} like 'End User %'`);
  const job = await idOf(tx, jobs, and(eq(jobs.customerId, customer), eq(jobs.name, "Daily servers")));
  const [from, to] = [22, 1].map((days) => new Date(now.getTime() - days * DAY).toISOString().slice(0, 10));
  return { customer, mail, report: month, endUserRole, engineer, endUser, job, from: from ?? "", to: to ?? "" };
}

type Identified =
  | typeof customers
  | typeof jobs
  | typeof mails
  | typeof resourceTypes
  | typeof reports
  | typeof users
  | typeof roles;

/** The pictures need every one of these: what is missing stops here, not in a browser. */
async function idOf(tx: Tx, table: Identified, where: ReturnType<typeof and>): Promise<string> {
  const [row] = await tx.select({ id: table.id }).from(table).where(where).orderBy(asc(table.id)).limit(1);
  if (!row) throw new Error("The demo lacks a row that a picture shows.");
  return row.id;
}

async function addRole(tx: Tx, { name, description, rights, marks }: NewRole): Promise<string> {
  const last = sql<number>`(select max(${roles.position}) + 1 from ${roles})`;
  const [role] = await tx
    .insert(roles)
    .values({ name, description, rights: [...rights], position: last })
    .returning({ id: roles.id });
  if (!role) throw new Error("No role was made.");
  const scopes = rights
    .filter(isAggregate)
    .flatMap((right) => (marks[right] ?? ALL).map((mark) => ({ ...mark, right, roleId: role.id })));
  await tx.insert(roleScopes).values(scopes);
  return role.id;
}

/** One role that ends on Friday, and one that has ended. */
async function addEnds(tx: Tx, engineer: string): Promise<void> {
  const [operator] = await tx.select({ id: roles.id }).from(roles).where(sql`${roles.builtIn} = 'operator'`);
  const [vi] = await tx.select({ id: users.id }).from(users).where(eq(users.username, "vi"));
  const [samir] = await tx.select({ id: users.id }).from(users).where(eq(users.username, "samir"));
  if (!operator || !vi || !samir) throw new Error("The demo lacks somebody whom a picture shows.");
  await tx.insert(assignments).values([
    { userId: vi.id, roleId: operator.id, expiresAt: new Date(now.getTime() + 5 * DAY), reason: "Stands in for Oto" },
    { userId: samir.id, roleId: engineer, expiresAt: new Date(now.getTime() - 2 * DAY), reason: "Migration" },
  ]);
}
