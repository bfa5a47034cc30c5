import "server-only";
import { existsSync } from "node:fs";
import { and, eq, inArray, sql } from "drizzle-orm";
import { lockAccess } from "../access/lock";
import { isHeld } from "../access/session";
import { type Actor, auditDone } from "../audit";
import { generatePassword } from "../auth/generate";
import { hashGenerated } from "../auth/passwords";
import { type Tx, transaction } from "../db";
import { assignments, roles, signInFailures, users } from "../db/schema/access";
import { UserError } from "../errors";
import { importExport } from "../exports/import";
import { exportToFile } from "../exports/to-file";
import { enable, endSessions, giveUntil } from "../users/changes";

/** Whoever may run commands on the machine owns it; the log says that nobody was signed in. */
const actor: Actor = { id: null, name: "command line", role: "", address: "this machine" };

/** @returns what to tell: the new password, which must be changed at the next sign-in. @throws UserError for an unknown user. */
export function resetPassword(username: string): Promise<string> {
  return transaction(async (tx) => {
    const user = await find(tx, username);
    const password = generatePassword();
    await tx
      .update(users)
      .set({ passwordHash: hashGenerated(password), passwordChangeRequiredAt: sql`now()` })
      .where(eq(users.id, user.id));
    await endSessions(tx, [user.id]);
    await forgetFailures(tx, user);
    const after = { mustChange: true };
    await auditDone(tx, actor, [{ action: "user.password", target: user.username, targetId: user.id, after }]);
    const note = user.disabledAt
      ? `\n${user.username} is disabled: make-admin, or an administrator, enables them.`
      : "";
    return `The password of ${user.username} is now: ${password}\nIt must be changed at the next sign-in. Their sessions ended.${note}`;
  });
}

/** @returns what to tell. The user has the Admin role without an end and is enabled afterwards. @throws UserError for an unknown user. */
export function makeAdministrator(username: string): Promise<string> {
  return transaction(async (tx) => {
    const user = await find(tx, username);
    const held = await tx
      .select({ id: roles.id, name: roles.name, until: assignments.expiresAt })
      .from(assignments)
      .innerJoin(roles, eq(roles.id, assignments.roleId))
      .where(and(eq(assignments.userId, user.id), isHeld))
      .orderBy(roles.position);
    const [admin] = await tx.select({ id: roles.id, name: roles.name }).from(roles).where(eq(roles.builtIn, "admin"));
    if (!admin) throw new Error("The Admin role is missing.");
    const isAdministrator = held.some(({ id, until }) => id === admin.id && until === null);
    if (isAdministrator && !user.disabledAt) return `${user.username} is an enabled administrator already.`;
    await giveUntil(tx, { userId: user.id, roleId: admin.id }, null);
    if (user.disabledAt) await enable(tx, user.id);
    const before = { roles: held.map(({ name }) => name), disabled: user.disabledAt !== null };
    const after = { roles: [...new Set([admin.name, ...before.roles])], disabled: false };
    await auditDone(tx, actor, [{ action: "user.roles", target: user.username, targetId: user.id, before, after }]);
    return `${user.username} is an administrator now, and enabled.`;
  });
}

/** @param file a new one. @returns what to tell. @throws UserError for one that is there. */
export async function saveTo(file: string): Promise<string> {
  if (existsSync(file)) throw new UserError(`There is a file ${file} already.`);
  await transaction((tx) => auditDone(tx, actor, [{ action: "data.export", target: "Everything" }]));
  await exportToFile(file);
  return `Everything is in ${file}. Keep it as you keep the database.`;
}

/** @param file an export. @returns what to tell. @throws UserError for a file that is none, or an installation in use. */
export async function fillFrom(file: string): Promise<string> {
  if (!existsSync(file)) throw new UserError(`There is no file ${file}.`);
  const { rows, mails, isOtherPepper } = await importExport(file, actor);
  const figure = (count: number) => count.toLocaleString("en");
  const done = `Imported ${figure(rows)} rows and ${figure(mails)} mails. People sign in with the names they had; passwords of mailboxes must be typed again.`;
  if (!isOtherPepper) return done;
  return `${done}\nPasswords of people do not work here: set PASSWORD_PEPPER to what it was where the export was made, or give them new ones with reset-password.`;
}

type Found = { id: string; username: string; disabledAt: Date | null };

async function find(tx: Tx, username: string): Promise<Found> {
  await lockAccess(tx);
  const [user] = await tx
    .select({ id: users.id, username: users.username, disabledAt: users.disabledAt })
    .from(users)
    .where(sql`lower(${users.username}) = lower(${username.normalize("NFC")})`);
  if (!user) throw new UserError(`There is no user ${username}.`);
  return user;
}

/** Who was kept out by wrong passwords can try the new one at once. */
async function forgetFailures(tx: Tx, { id, username }: Found): Promise<void> {
  const { key } = signInFailures;
  await tx.delete(signInFailures).where(sql`starts_with(${key}, ${`account ${username.toLowerCase()} `})`);
  await tx.delete(signInFailures).where(inArray(key, [`own password ${id}`]));
}
