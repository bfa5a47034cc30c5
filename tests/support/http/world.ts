import { sql } from "drizzle-orm";
import { inject } from "vitest";
import { builtInRoles, type Right } from "@/lib/access/registry";
import { prepareAccount } from "@/lib/auth/set-up";
import { db, openDatabase, type Tx, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { tasks } from "@/lib/db/schema/tasks";
import { tasks as registered } from "@/lib/tasks/registry";
import { addPerson, type Person } from "./people";
import { type Canaries, plantRows } from "./rows";

export type World = {
  people: Record<string, Person>;
  /** A row for each address with `[id]`: "/jobs/[id]" -> the address of the planted job; and the ids of two mails. */
  addresses: Record<string, string>;
  canaries: Canaries;
};

/** Without a PostgreSQL both servers keep databases of their own that nothing can be planted in. */
export const hasPostgres = Boolean(inject("serverEnv").DATABASE_URL);

/** Opens the servers' own database for this test file; call in `beforeAll`. */
export async function openWorld(): Promise<World> {
  Object.assign(process.env, inject("serverEnv"));
  await openDatabase();
  return plantWorld();
}

/** Empties the database and plants people and marked rows anew; sessions from before are dead. */
export async function plantWorld(): Promise<World> {
  return transaction(async (tx) => {
    const all = sql.join(
      (await tables(tx)).map((name) => sql.identifier(name)),
      sql`, `,
    );
    await tx.execute(sql`truncate ${all}`);
    await prepareAccount(tx);
    // What happens by itself would be taken for what a request has changed.
    const startedAt = new Date(Date.now() + 86_400_000);
    await tx
      .insert(tasks)
      .values(registered.map(({ name }) => ({ name, startedAt })))
      .onConflictDoNothing();
    const people = await plantPeople(tx);
    return { people, ...(await plantRows(tx)) };
  });
}

export const nobody: Person = {
  key: "nobody",
  id: "",
  username: "",
  secret: "",
  cookie: "",
  actingKey: "",
  rights: new Set<Right>(),
  roles: [],
};

async function plantPeople(tx: Tx): Promise<Record<string, Person>> {
  const names = builtInRoles.map(({ name }) => name);
  const people: Record<string, Person> = {};
  for (const { key, name } of builtInRoles) people[key] = await addPerson(tx, key, [name]);
  people.everything = await addPerson(tx, "everything", names);
  people.roleless = await addPerson(tx, "roleless", []);
  people.disabled = await addPerson(tx, "disabled", ["Admin"], { disabledAt: new Date() });
  people.mustChange = await addPerson(tx, "mustChange", ["Admin"], { passwordChangeRequiredAt: new Date() });
  people.nobody = nobody;
  return people;
}

async function tables(executor: Pick<Tx, "execute">): Promise<string[]> {
  const found = await executor.execute(sql`select tablename from pg_tables where schemaname = 'public' order by 1`);
  return (found as unknown as { tablename: string }[]).map(({ tablename }) => tablename);
}

/** @returns one value that changes with any row of any table but the audit log. */
export async function digest(): Promise<string> {
  const parts = (await tables(db()))
    .filter((name) => !["audit_entries", "tasks"].includes(name))
    .map(
      (name) =>
        sql`select ${name}, md5(coalesce(string_agg(t::text, '' order by t::text), '')) from ${sql.identifier(name)} t`,
    );
  const rows = await db().execute(sql`${sql.join(parts, sql` union all `)}`);
  return JSON.stringify(rows);
}

/** @returns the tables in which no row carries a canary. */
export async function tablesWithoutCanary(): Promise<string[]> {
  const bare: string[] = [];
  for (const name of await tables(db())) {
    const rows = await db().execute(
      sql`select 1 from ${sql.identifier(name)} t where t::text like '%canary-%' limit 1`,
    );
    if ((rows as unknown as unknown[]).length === 0) bare.push(name);
  }
  return bare;
}

export type AuditRow = typeof auditEntries.$inferSelect;

/** @returns a function that answers what the audit log gained since now. */
export async function watchAudit(): Promise<() => Promise<AuditRow[]>> {
  const known = new Set((await db().select({ id: auditEntries.id }).from(auditEntries)).map(({ id }) => id));
  return async () => (await db().select().from(auditEntries)).filter(({ id }) => !known.has(id));
}
