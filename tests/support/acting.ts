import { eq } from "drizzle-orm";
import type { Access } from "@/lib/access/can";
import { actingKey } from "@/lib/access/can";
import { hashSecret, readAccess } from "@/lib/access/session";
import { sessionCookieName } from "@/lib/auth/cookie-name";
import { encodeToken, newSecret } from "@/lib/auth/token";
import { db, transaction } from "@/lib/db";
import { assignments, roles, sessions, users } from "@/lib/db/schema/access";
import { type ActionState, idle, ROLE_FIELD } from "@/lib/form";

/** The request that code under test is in. */
export const request = {
  headers: new Headers(),
  cookies: new Map<string, string>(),
  reset(): void {
    this.headers = new Headers({
      host: "localhost",
      origin: "http://localhost",
      "sec-fetch-site": "same-origin",
      "x-forwarded-for": "192.0.2.7",
      "user-agent": "tests",
    });
    this.cookies = new Map();
  },
};

/** What `forbidden()`, `unauthorized()`, `notFound()` and `redirect()` of the framework throw in tests. */
export class Interrupt extends Error {
  constructor(
    readonly kind: "forbidden" | "unauthorized" | "not-found" | "redirect",
    readonly address = "",
  ) {
    super(`${kind} ${address}`.trim());
  }
}

export type Person = { id: string; username: string; secret: string };

/** Makes a user with the named roles and a session of theirs. @param roleNames e.g. "Operator". */
export async function person(username: string, ...roleNames: string[]): Promise<Person> {
  const secret = newSecret();
  const id = await transaction(async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({ username, passwordHash: "$2b$12$XgTW1tyNr1vEgKKJrh7hauDl7jBuN4M8YyhY/C6LTSZ3SPDf/TcAu" })
      .returning({ id: users.id });
    if (!user) throw new Error("No user was made.");
    const ids: string[] = [];
    for (const name of roleNames) {
      const [role] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.name, name));
      if (!role) throw new Error(`There is no role ${name}.`);
      ids.push(role.id);
      await tx.insert(assignments).values({ userId: user.id, roleId: role.id });
    }
    await tx.insert(sessions).values({
      userId: user.id,
      tokenHash: hashSecret(secret),
      activeRoleIds: ids.slice(0, 1),
      address: "192.0.2.7",
      agent: "tests",
    });
    return user.id;
  });
  return { id, username, secret };
}

/** From now on requests are sent by this person, or by nobody. */
export function actAs(who: Person | null): void {
  request.headers = new Headers(request.headers);
  request.cookies.clear();
  if (who)
    request.cookies.set(sessionCookieName(false), encodeToken({ secret: who.secret, role: "", rights: [], readAt: 0 }));
}

/** @returns what the person may do now. */
export async function accessOf(who: Person): Promise<Access> {
  const access = await readAccess(db(), who.secret);
  if (!access) throw new Error(`${who.username} has no session.`);
  return access;
}

type Act = (previous: ActionState, form: FormData) => Promise<ActionState>;
type Values = Record<string, string | number | readonly string[] | Blob>;

/** Sends a form as this person from a page rendered in their active role. Lists go under names ending in `[]`. */
export async function submit(who: Person | null, act: Act, values: Values = {}, role?: string): Promise<ActionState> {
  actAs(who);
  const form = new FormData();
  const access = who && (await readAccess(db(), who.secret));
  form.set(ROLE_FIELD, role ?? (access ? actingKey(access) : ""));
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) for (const one of value) form.append(name, one);
    else form.set(name, value instanceof Blob ? value : String(value));
  }
  return act(idle, form);
}
