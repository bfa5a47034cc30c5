import "server-only";
import { createHash } from "node:crypto";
import { eq, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredCustomers } from "../access/scope";
import { fromCsv } from "../csv";
import type { Executor, Tx } from "../db";
import { customerGroups, customers } from "../db/schema/desk";
import { UserError } from "../errors";
import { dropEmptyGroups, groupNamed } from "./groups";
import {
  type FileLine,
  fileProblem,
  groupIn,
  type ImportPlan,
  type Known,
  nameIn,
  planImport,
  type StoredCustomer,
} from "./rules";

/** @returns what importing this text would do now, and a mark that is another one if that changes. @throws UserError for a file that cannot be taken. */
export async function planOf(executor: Executor, access: Access, csv: string): Promise<ImportPlan & { mark: string }> {
  const lines = fromCsv(csv.replace(/\r\n?/g, "\n"));
  const problem = fileProblem(lines);
  if (problem) throw new UserError(problem);
  const plan = planImport(lines, await knownOf(executor, access, lines));
  return { ...plan, mark: createHash("sha256").update(JSON.stringify(plan)).digest("base64url") };
}

async function knownOf(executor: Executor, access: Access, lines: readonly FileLine[]): Promise<Known> {
  const named = namesBeside(lines);
  const taken = await executor
    .select({
      position,
      id: customers.id,
      name: customers.name,
      reference: customers.reference,
      group: sql<string>`coalesce(${customerGroups.name}, '')`,
      notes: customers.notes,
      isCovered: sql<boolean>`${coveredCustomers(access)}`,
    })
    .from(named)
    .innerJoin(customers, sql`lower(${customers.name}) = lower(wanted.name)`)
    .leftJoin(customerGroups, eq(customerGroups.id, customers.groupId));
  const stored = taken.filter(({ isCovered }) => isCovered);
  const storedAt = new Map(stored.map(({ position: at, isCovered: _, ...row }): [number, StoredCustomer] => [at, row]));
  return {
    storedAt,
    takenAt: new Set(taken.map((row) => row.position)),
    coveredAt: await coveredAfter(executor, access, lines, storedAt),
  };
}

/** The database decides what an equal name is: it also keeps them unique. */
function namesBeside(lines: readonly FileLine[]): SQL {
  const names = JSON.stringify(lines.map(({ cells }) => nameIn(cells).replaceAll("\0", "")));
  return sql`jsonb_array_elements_text(${names}::jsonb) with ordinality as wanted(name, position)`;
}

const position = sql<number>`(wanted.position - 1)::int`;

/** A group that is not there yet is like one that no mark speaks of. @returns the positions of lines whose customer would be covered. */
async function coveredAfter(
  executor: Executor,
  access: Access,
  lines: readonly FileLine[],
  storedAt: ReadonlyMap<number, StoredCustomer>,
): Promise<Set<number>> {
  const wanted = lines.map(({ cells }, at) => ({
    position: at,
    id: storedAt.get(at)?.id ?? null,
    group: (groupIn(cells) ?? storedAt.get(at)?.group ?? "").replaceAll("\0", ""),
  }));
  const asWanted = sql`(
    select wanted.position, wanted.id,
      case when wanted."group" <> '' then coalesce(${customerGroups.id}, gen_random_uuid()) end as group_id
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted(position int, id uuid, "group" text)
    left join ${customerGroups} on lower(${customerGroups.name}) = lower(wanted."group")) as customers`;
  const rows = await executor
    .select({ position: sql<number>`customers.position` })
    .from(asWanted)
    .where(coveredCustomers(access));
  return new Set(rows.map((row) => row.position));
}

const BATCH = 1000;

/** Stores what a plan without errors says. */
export async function carryOut(tx: Tx, { added, changed }: ImportPlan): Promise<void> {
  const groupIds = await groupsNamed(tx, [...changed.map(({ after }) => after), ...added]);
  const values = added.map(({ group, ...plain }) => ({ ...plain, groupId: groupIds.get(group) }));
  for (let at = 0; at < values.length; at += BATCH) await tx.insert(customers).values(values.slice(at, at + BATCH));
  if (changed.length === 0) return;
  const rows = changed.map(({ after: { id, reference, group, notes } }) => ({
    ...{ id, reference, notes },
    group_id: groupIds.get(group),
  }));
  await tx
    .update(customers)
    .set({
      reference: sql`wanted.reference`,
      groupId: sql`wanted.group_id`,
      notes: sql`wanted.notes`,
      version: sql`${customers.version} + 1`,
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as wanted(id uuid, reference text, group_id uuid, notes text)`,
    )
    .where(sql`${customers.id} = wanted.id`);
  await dropEmptyGroups(tx);
}

async function groupsNamed(tx: Tx, rows: readonly { group: string }[]): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const name of new Set(rows.map(({ group }) => group))) found.set(name, await groupNamed(tx, name));
  return found;
}
