import { eq } from "drizzle-orm";
import { rightsOf } from "@/lib/access/policy";
import { allRights, type Right } from "@/lib/access/registry";
import { hashSecret } from "@/lib/access/session";
import { sessionCookieName } from "@/lib/auth/cookie-name";
import { encodeToken, newSecret } from "@/lib/auth/token";
import { type Tx, transaction } from "@/lib/db";
import { assignments, roles, sessions, users } from "@/lib/db/schema/access";

export type Person = {
  key: string;
  id: string;
  username: string;
  /** Names their open session; empty for nobody. */
  secret: string;
  /** The Cookie header of that session. */
  cookie: string;
  /** What a form rendered for them says in its role field. */
  actingKey: string;
  /** What they may do if nothing else stands in the way. */
  rights: ReadonlySet<Right>;
  roles: { id: string; name: string }[];
};

/** Far ahead, so that noting that a session lives changes no row while a test compares digests. */
const SEEN_AHEAD_MS = 3_600_000;

type State = Partial<Pick<typeof users.$inferInsert, "disabledAt" | "passwordChangeRequiredAt" | "passwordHash">>;

/** Makes a user with an open session in the first of the named roles. Without `passwordHash` nobody can sign in as them. */
export async function addPerson(tx: Tx, key: string, roleNames: string[], state: State = {}): Promise<Person> {
  const username = `${key}-${newSecret().slice(0, 6).replace(/\W/g, "x")}`;
  const unusable = `$2b$12$${"x".repeat(53)}`;
  const [user] = await tx
    .insert(users)
    .values({ username, passwordHash: unusable, ...state })
    .returning({ id: users.id });
  if (!user) throw new Error("No user was made.");
  const held = [];
  for (const name of roleNames) {
    const [role] = await tx.select().from(roles).where(eq(roles.name, name));
    if (!role) throw new Error(`There is no role ${name}.`);
    await tx.insert(assignments).values({ userId: user.id, roleId: role.id });
    held.push(role);
  }
  const person = {
    key,
    id: user.id,
    username,
    actingKey: held[0]?.id ?? "",
    rights: held[0] ? rightsOf(held[0]) : new Set<Right>(),
    roles: held.map(({ id, name }) => ({ id, name })),
  };
  return withSession(person, await openSession(tx, person));
}

/** @returns the secret of a new session of theirs, in their first role. */
async function openSession(tx: Tx, { id, roles: held }: Pick<Person, "id" | "roles">): Promise<string> {
  const secret = newSecret();
  await tx.insert(sessions).values({
    userId: id,
    tokenHash: hashSecret(secret),
    activeRoleIds: held.slice(0, 1).map((role) => role.id),
    address: "192.0.2.7",
    agent: "tests",
    seenAt: new Date(Date.now() + SEEN_AHEAD_MS),
  });
  return secret;
}

/** @returns the same person in another browser. */
export async function inNewSession(person: Person): Promise<Person> {
  return withSession(person, await transaction((tx) => openSession(tx, person)));
}

const withSession = (person: Omit<Person, "secret" | "cookie">, secret: string): Person => ({
  ...person,
  secret,
  cookie: cookieOf(secret),
});

/**
 * @param rights what the hint claims: everything, and just now, so that the middleware stops nobody and the guard behind
 * it has to. @returns a Cookie header.
 */
export function cookieOf(secret: string, rights: readonly string[] = allRights(), readAt = Date.now()): string {
  return `${sessionCookieName(false)}=${encodeToken({ secret, role: "", rights: [...rights], readAt })}`;
}
