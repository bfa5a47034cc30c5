import "server-only";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { builtInRoles, defaultRights, isAggregate } from "../access/registry";
import { auditDone } from "../audit";
import { db, type Tx, transaction } from "../db";
import { assignments, roleScopes, roles, settings, users } from "../db/schema/access";
import { resourceTypes } from "../db/schema/desk";
import { outgoing } from "../db/schema/outgoing";
import { loadSampleData } from "../demo/load";
import { UserError } from "../errors";
import { fields } from "../form";
import { clientAddress, userAgent } from "../request";
import { writeCookie } from "./cookie";
import { hashPassword } from "./passwords";
import { passwordProblem, USERNAME_PATTERN, USERNAME_RULE } from "./rules";
import { openSession } from "./sign-in";

export const setUpSchema = z
  .object({
    username: z.string().trim().normalize("NFC").regex(USERNAME_PATTERN, USERNAME_RULE),
    password: z.string(),
    confirm_password: z.string(),
    sample_data: fields.checkbox,
  })
  .superRefine(({ username, password, confirm_password }, context) => {
    const problem = passwordProblem(password, 15, [username, "BackupChecks"]);
    if (problem) context.addIssue({ code: "custom", path: ["password"], message: problem });
    if (password !== confirm_password)
      context.addIssue({ code: "custom", path: ["confirm_password"], message: "The two passwords differ." });
  });

/** @returns whether anybody exists; while nobody does, `/setup` is open. */
export async function isSetUp(): Promise<boolean> {
  return (await db().select({ id: users.id }).from(users).limit(1)).length > 0;
}

/** What every account has from its first start on: settings, the built-in roles, resource types. Does nothing later. */
export async function prepareAccount(tx: Tx): Promise<void> {
  await tx.insert(settings).values({ id: 1 }).onConflictDoNothing();
  await tx.insert(outgoing).values({ id: 1 }).onConflictDoNothing();
  if ((await tx.select({ id: roles.id }).from(roles).limit(1)).length > 0) return;
  const made = await tx
    .insert(roles)
    .values(
      builtInRoles.map(({ key, name, description }, position) => ({
        builtIn: key,
        name,
        description,
        position,
        rights: defaultRights(key),
      })),
    )
    .returning({ roleId: roles.id, rights: roles.rights });
  const everything = made.flatMap(({ roleId, rights }) =>
    rights.filter(isAggregate).map((right) => ({ roleId, right, included: true })),
  );
  await tx.insert(roleScopes).values(everything);
  const types = ["Server", "Workstation", "Virtual machines", "NAS", "Database", "Microsoft 365", "Other"];
  await tx.insert(resourceTypes).values(types.map((name, position) => ({ name, suggestedAs: [name], position })));
}

/**
 * Makes the first administrator and signs them in. Two at once make one: the second waits for the first and is refused.
 * @throws UserError when somebody exists.
 */
export async function createFirstAdministrator(input: z.output<typeof setUpSchema>): Promise<void> {
  if (await isSetUp()) throw new UserError("BackupChecks is already set up. Sign in instead.");
  const passwordHash = await hashPassword(input.password);
  const [address, agent] = [await clientAddress(), await userAgent()];
  const token = await transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7410003)`);
    if ((await tx.select({ id: users.id }).from(users).limit(1)).length > 0)
      throw new UserError("BackupChecks is already set up. Sign in instead.");
    const [user] = await tx
      .insert(users)
      .values({ username: input.username, passwordHash })
      .returning({ id: users.id });
    const [admin] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.builtIn, "admin"));
    if (!user || !admin) throw new Error("The built-in roles are missing.");
    await tx.insert(assignments).values({ userId: user.id, roleId: admin.id });
    const actor = { id: user.id, name: input.username, role: "Admin", address };
    await auditDone(tx, actor, [
      { action: "account.set_up", target: input.username, targetId: user.id, after: { sampleData: input.sample_data } },
    ]);
    if (input.sample_data) await loadSampleData(tx, { now: new Date() });
    return openSession(tx, user.id, address, agent);
  });
  await writeCookie(token);
}
