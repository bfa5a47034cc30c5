import { asc } from "drizzle-orm";
import { db, transaction } from "@/lib/db";
import { customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { runObjects, runs } from "@/lib/db/schema/runs";

type Values<Table extends { $inferInsert: object }> = Partial<Table["$inferInsert"]>;

/** Makes a customer. @returns its row. */
export async function customerNamed(name: string, values: Values<typeof customers> = {}) {
  const [made] = await transaction((tx) =>
    tx
      .insert(customers)
      .values({ name, ...values })
      .returning(),
  );
  if (!made) throw new Error("No customer was made.");
  return made;
}

/** Makes a job of a customer. @returns its row. */
export async function jobOf(customer: { id: string }, name: string, values: Values<typeof jobs> = {}) {
  const [type] = await db().select().from(resourceTypes).orderBy(asc(resourceTypes.position)).limit(1);
  if (!type) throw new Error("There are no resource types.");
  const row = { customerId: customer.id, resourceTypeId: type.id, name, ...values };
  const [made] = await transaction((tx) => tx.insert(jobs).values(row).returning());
  if (!made) throw new Error("No job was made.");
  return made;
}

type Status = "success" | "warning" | "failed" | "unknown" | "missed";

/** Makes a run of a job. @returns its row. */
export async function runOf(job: { id: string }, status: Status, hoursAgo = 1, values: Values<typeof runs> = {}) {
  const ranAt = new Date(Date.now() - hoursAgo * 3_600_000);
  const row = { jobId: job.id, status, ranAt, ...values };
  const [made] = await transaction((tx) => tx.insert(runs).values(row).returning());
  if (!made) throw new Error("No run was made.");
  return made;
}

/** Gives a run objects: their statuses, in the order in which the mail named them. */
export async function objectsOf(run: { id: string }, ...statuses: Status[]): Promise<void> {
  const rows = statuses.map((status, position) => ({ runId: run.id, position, name: `VM-${position}`, status }));
  await transaction((tx) => tx.insert(runObjects).values(rows));
}
