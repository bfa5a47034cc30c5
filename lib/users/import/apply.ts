import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import { noteExpired } from "../../access/expire";
import { settleSessions } from "../../access/settle";
import { generatePassword } from "../../auth/generate";
import { hashGenerated } from "../../auth/passwords";
import type { Tx } from "../../db";
import { assignments, users } from "../../db/schema/access";
import { addRoles } from "../changes";
import type { Planned } from "./plan";

export type NewPassword = { username: string; password: string };
/** What the page shows once after an import. */
export type Imported = { passwords: NewPassword[]; csv: string };

/** Writes planned lines that are not errors. @returns the passwords of new users, which must change them at once. */
export async function applyPlan(tx: Tx, grantedBy: string, changes: readonly Planned[]): Promise<NewPassword[]> {
  const passwords = await createUsers(
    tx,
    grantedBy,
    changes.filter(({ before }) => before === null),
  );
  await changeUsers(tx, grantedBy, changes);
  return passwords;
}

async function createUsers(tx: Tx, grantedBy: string, lines: readonly Planned[]): Promise<NewPassword[]> {
  const passwords: NewPassword[] = [];
  for (const part of partsOf(lines)) {
    const made = part.map(({ username }) => ({ username, password: generatePassword() }));
    passwords.push(...made);
    const rows = await tx
      .insert(users)
      .values(
        part.map(({ username, after }, index) => ({
          username,
          name: after.name,
          email: after.email,
          passwordHash: hashGenerated(made[index]?.password ?? ""),
          passwordChangeRequiredAt: sql`now()`,
        })),
      )
      .returning({ id: users.id, username: users.username });
    const idOf = new Map(rows.map(({ id, username }) => [username, id]));
    const pairs = part.flatMap(({ username, after }) =>
      after.roles.map((role) => ({ userId: idOf.get(username) ?? "", roleId: role.id })),
    );
    await addRoles(tx, pairs, grantedBy);
  }
  return passwords;
}

async function changeUsers(tx: Tx, grantedBy: string, lines: readonly Planned[]): Promise<void> {
  const changed = lines.flatMap(({ before, after }) =>
    before ? [{ ...after, id: before.id, had: before.roles }] : [],
  );
  for (const { id, name, email } of changed) {
    await tx
      .update(users)
      .set({ name, email, version: sql`${users.version} + 1` })
      .where(eq(users.id, id));
  }
  for (const part of partsOf(changed)) {
    const ids = part.map(({ id }) => id);
    await noteExpired(tx, ids);
    const lost = part.flatMap(({ id, had, roles }) =>
      had.filter((role) => !roles.some((kept) => kept.id === role.id)).map((role) => `${id} ${role.id}`),
    );
    await tx.delete(assignments).where(inArray(sql`${assignments.userId} || ' ' || ${assignments.roleId}`, lost));
    const pairs = part.flatMap(({ id, roles }) => roles.map((role) => ({ userId: id, roleId: role.id })));
    await addRoles(tx, pairs, grantedBy);
    await settleSessions(tx, ids);
  }
}

/** A statement has at most 65,535 parameters. */
function partsOf<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / 500) }, (_, part) => list.slice(part * 500, (part + 1) * 500));
}
