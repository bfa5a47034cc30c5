import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { BuiltInRole } from "../access/registry";
import type { Tx } from "../db";
import { assignments, roles, users } from "../db/schema/access";

type SampleUser = { username: string; name: string; roles: BuiltInRole[] };

const people: readonly SampleUser[] = [
  { username: "oto", name: "Oto Marek", roles: ["operator"] },
  { username: "rea", name: "Rea Lindgren", roles: ["reporter"] },
  { username: "vi", name: "Vi Tran", roles: ["viewer"] },
  { username: "nadia", name: "Nadia Haddad", roles: ["operator", "reporter"] },
  { username: "jonas", name: "Jonas Keller", roles: ["operator", "viewer"] },
  { username: "petra", name: "Petra Lang", roles: ["admin", "operator"] },
  { username: "samir", name: "Samir Osei", roles: ["reporter", "viewer"] },
];

export type Reviewer = { id: string; username: string };

/**
 * Makes people of all four roles. They have no password: none of them can sign in before an administrator gives them one.
 * @returns those who review runs.
 */
export async function insertUsers(tx: Tx, now: Date): Promise<Reviewer[]> {
  const made = await tx
    .insert(users)
    .values(
      people.map(({ username, name }) => ({
        username,
        name,
        email: `${username}@desk.example`,
        passwordHash: "",
        createdAt: now,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: users.id, username: users.username });
  const roleIds = new Map(
    (await tx.select({ id: roles.id, key: roles.builtIn }).from(roles)).map(({ id, key }) => [key, id]),
  );
  const wanted = made.flatMap(({ id, username }) =>
    (people.find((person) => person.username === username)?.roles ?? []).map((role) => ({
      userId: id,
      roleId: roleIds.get(role) ?? "",
    })),
  );
  await tx.insert(assignments).values(wanted);
  return tx
    .select({ id: users.id, username: users.username })
    .from(users)
    .where(inArray(users.username, ["oto", "nadia", "jonas"]))
    .orderBy(sql`${users.username} collate "C"`);
}
