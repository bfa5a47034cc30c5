import "server-only";
import { createHash } from "node:crypto";
import { and, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredCustomers } from "../access/scope";
import { fromCsv } from "../csv";
import type { Executor, Tx } from "../db";
import { customers } from "../db/schema/desk";
import { UserError } from "../errors";
import { type FileLine, fileProblem, type ImportPlan, nameIn, planImport, type StoredCustomer } from "./rules";

/** @returns what importing this text would do now, and a mark that is another one if that changes. @throws UserError for a file that cannot be taken. */
export async function planOf(executor: Executor, access: Access, csv: string): Promise<ImportPlan & { mark: string }> {
  const lines = fromCsv(csv.replace(/\r\n?/g, "\n"));
  const problem = fileProblem(lines);
  if (problem) throw new UserError(problem);
  const plan = planImport(lines, await storedByPosition(executor, access, lines));
  return { ...plan, mark: createHash("sha256").update(JSON.stringify(plan)).digest("base64url") };
}

/** The database decides what an equal name is: it also keeps them unique. */
async function storedByPosition(executor: Executor, access: Access, lines: readonly FileLine[]) {
  const names = JSON.stringify(lines.map(({ cells }) => nameIn(cells).replaceAll("\0", "")));
  const rows = await executor
    .select({
      position: sql<number>`(wanted.position - 1)::int`,
      id: customers.id,
      name: customers.name,
      reference: customers.reference,
      notes: customers.notes,
    })
    .from(sql`jsonb_array_elements_text(${names}::jsonb) with ordinality as wanted(name, position)`)
    .innerJoin(customers, and(sql`lower(${customers.name}) = lower(wanted.name)`, coveredCustomers(access)));
  return new Map(rows.map(({ position, ...stored }): [number, StoredCustomer] => [position, stored]));
}

const BATCH = 1000;

/** Stores what a plan without errors says. */
export async function carryOut(tx: Tx, { added, changed }: ImportPlan): Promise<void> {
  for (let at = 0; at < added.length; at += BATCH) await tx.insert(customers).values(added.slice(at, at + BATCH));
  if (changed.length === 0) return;
  const rows = JSON.stringify(changed.map(({ after: { id, reference, notes } }) => ({ id, reference, notes })));
  await tx
    .update(customers)
    .set({ reference: sql`wanted.reference`, notes: sql`wanted.notes`, version: sql`${customers.version} + 1` })
    .from(sql`jsonb_to_recordset(${rows}::jsonb) as wanted(id uuid, reference text, notes text)`)
    .where(sql`${customers.id} = wanted.id`);
}
