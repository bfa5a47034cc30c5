import "server-only";
import { eq, sql } from "drizzle-orm";
import { auditDone } from "../audit";
import { hashPassword } from "../auth/passwords";
import { prepareAccount } from "../auth/set-up";
import { db, openDatabase, type Tx, transaction } from "../db";
import { assignments, auditEntries, roles, users } from "../db/schema/access";
import { insertEndUser } from "./end-user";
import { loadSampleData } from "./load";

/** The action that marks an account as a demo in its audit log. */
export const FILLED = "demo.fill";

export const demoPasswords: Readonly<Record<string, string>> = {
  ada: "ada-shows-the-desk",
  oto: "oto-checks-the-runs",
  rea: "rea-reads-the-figures",
  vi: "vi-looks-at-it-all",
  eva: "eva-sees-the-hospital",
};

/**
 * Fills the configured database with the sample account and known passwords, once; a demo that stands is left as it is.
 * @returns when it was filled. @throws Error when the database holds an account that is no demo: nothing is touched.
 */
export async function fillDemo(now: Date): Promise<Date> {
  await openDatabase();
  const [filled] = await db()
    .select({ at: auditEntries.at })
    .from(auditEntries)
    .where(eq(auditEntries.action, FILLED))
    .limit(1);
  if (filled) return filled.at;
  const hashes = new Map<string, string>();
  for (const [username, password] of Object.entries(demoPasswords)) hashes.set(username, await hashPassword(password));
  await transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7410003)`);
    if ((await tx.select({ id: users.id }).from(users).limit(1)).length > 0)
      throw new Error("This database holds an account that is not a demo. Nothing was touched.");
    await prepareAccount(tx);
    await insertAdministrator(tx, hashes.get("ada") ?? "");
    await loadSampleData(tx, { now });
    await insertEndUser(tx);
    for (const [username, passwordHash] of hashes)
      await tx.update(users).set({ passwordHash }).where(eq(users.username, username));
    const actor = { id: null, name: "npm run demo", role: "", address: "" };
    await auditDone(tx, actor, [{ action: FILLED, target: "demo" }]);
  });
  return now;
}

async function insertAdministrator(tx: Tx, passwordHash: string): Promise<void> {
  const [user] = await tx
    .insert(users)
    .values({ username: "ada", name: "Ada Berg", passwordHash })
    .returning({ id: users.id });
  const mine = await tx.select({ id: roles.id }).from(roles).where(sql`${roles.builtIn} in ('admin', 'operator')`);
  await tx.insert(assignments).values(mine.map(({ id }) => ({ userId: user?.id ?? "", roleId: id })));
}
