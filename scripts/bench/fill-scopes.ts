import { asc, sql } from "drizzle-orm";
import type { Mark } from "../../lib/access/marks";
import { prepareAccount } from "../../lib/auth/set-up";
import { db, transaction } from "../../lib/db";
import { jobs, resourceTypes } from "../../lib/db/schema/desk";

export const CUSTOMERS = 400;
export const JOBS = 50_000;

/** 400 customers, and 50,000 jobs of all types with a run each. */
export async function fillDesk(): Promise<void> {
  await transaction(async (tx) => {
    await prepareAccount(tx);
    await tx.execute(sql`insert into customers (id, name, reference)
      select gen_random_uuid(), 'Customer ' || lpad(i::text, 4, '0'), 'C-' || i from generate_series(1, ${CUSTOMERS}::int) i`);
    await tx.execute(sql`insert into jobs (id, customer_id, resource_type_id, name, software, host)
      select gen_random_uuid(), c.ids[1 + i % ${CUSTOMERS}::int], t.ids[1 + i % cardinality(t.ids)],
        'Backup of srv-' || md5(i::text), 'Software ' || i % 5, 'srv-' || i
      from generate_series(1, ${JOBS}::int) i, (select array_agg(id order by name) ids from customers) c, (select array_agg(id order by position) ids from resource_types) t`);
    await tx.execute(sql`insert into runs (id, job_id, status, ran_at)
      select gen_random_uuid(), id, (array['success', 'success', 'warning', 'failed'])[1 + (random() * 3)::int],
        now() - random() * interval '2 days' from jobs`);
  });
  await transaction((tx) => tx.execute(sql`analyze`));
}

/** @returns marks on three types, a hundred exclusions inside of them, and a hundred inclusions outside. */
export async function threeTypes(): Promise<Mark[]> {
  const types = await db()
    .select({ id: resourceTypes.id })
    .from(resourceTypes)
    .orderBy(asc(resourceTypes.position))
    .limit(3);
  const ids = types.map(({ id }) => id);
  const some = (where: ReturnType<typeof sql>) =>
    db().select({ id: jobs.id }).from(jobs).where(where).orderBy(sql`md5(${jobs.id}::text)`).limit(100);
  const list = sql.param(ids);
  const inside = await some(sql`${jobs.resourceTypeId} = any(${list}::uuid[])`);
  const outside = await some(sql`${jobs.resourceTypeId} <> all(${list}::uuid[])`);
  return [
    ...ids.map((type) => ({ type, elementId: null, included: true })),
    ...inside.map(({ id }) => ({ type: null, elementId: id, included: false })),
    ...outside.map(({ id }) => ({ type: null, elementId: id, included: true })),
  ];
}
