import { eq, isNull, notInArray, sql } from "drizzle-orm";
import { hashSecret, hintOf, readAccess } from "../../lib/access/session";
import { sessionCookieName } from "../../lib/auth/cookie-name";
import { prepareAccount } from "../../lib/auth/set-up";
import { encodeToken, newSecret } from "../../lib/auth/token";
import { closeDatabase, db, openDatabase, transaction } from "../../lib/db";
import { assignments, roles, sessions, users } from "../../lib/db/schema/access";
import { runs } from "../../lib/db/schema/runs";
import { loadSampleData } from "../../lib/demo/load";

const USERS = 50;
const UNREVIEWED = 200;

/** Sample data, 50 users and 200 runs that wait for review. @returns the cookie header of an administrator. */
export async function fillForBench(): Promise<string> {
  await openDatabase();
  const secret = newSecret();
  await transaction(async (tx) => {
    await prepareAccount(tx);
    await loadSampleData(tx, { now: new Date() });
    const there = await tx.$count(users);
    const made = Array.from({ length: USERS - there }, (_, i) => ({ username: `bench-${i}`, passwordHash: "-" }));
    const added = await tx.insert(users).values(made).returning({ id: users.id });
    const [admin] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.builtIn, "admin"));
    const [first] = added;
    if (!admin || !first) throw new Error("There is nobody to act as.");
    await tx.insert(assignments).values({ userId: first.id, roleId: admin.id });
    const session = {
      userId: first.id,
      tokenHash: hashSecret(secret),
      activeRoleIds: [admin.id],
      address: "",
      agent: "",
    };
    await tx.insert(sessions).values(session);
    const newest = tx.select({ id: runs.id }).from(runs).orderBy(sql`${runs.ranAt} desc`).limit(UNREVIEWED);
    await tx.update(runs).set({ reviewedAt: null }).where(sql`${runs.id} in ${newest}`);
    const waiting = tx
      .select({ id: runs.id })
      .from(runs)
      .where(isNull(runs.reviewedAt))
      .orderBy(sql`${runs.ranAt} desc`)
      .limit(UNREVIEWED);
    await tx.update(runs).set({ reviewedAt: sql`now()` }).where(notInArray(runs.id, waiting));
  });
  await db().execute(sql`select 1`);
  const access = await readAccess(db(), secret);
  if (!access) throw new Error("The session cannot be read.");
  await closeDatabase();
  return `${sessionCookieName(false)}=${encodeToken(hintOf(access, secret))}`;
}
