import { createCipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { allRights } from "@/lib/access/registry";
import { sessionCookieName } from "@/lib/auth/cookie-name";
import { hashPassword } from "@/lib/auth/passwords";
import { newSecret } from "@/lib/auth/token";
import { transaction } from "@/lib/db";
import { sessions } from "@/lib/db/schema/access";
import { idOf, sendAction, setCookies } from "../support/http/actions";
import { addPerson, cookieOf, inNewSession, type Person } from "../support/http/people";
import { eachOf, visit } from "../support/http/visit";
import { hasPostgres, openWorld, type World } from "../support/http/world";

const { url, bare } = inject("servers");
const env = inject("serverEnv");
const password = "violet-lantern-orbit-7";
const HOUR_MS = 3_600_000;
const other = "copper-meadow-signal-9";

let world: World;

describe.skipIf(!hasPostgres)("cookies", () => {
  beforeAll(async () => {
    world = await openWorld();
  });

  /** What ends a session: sent by the person themselves, or by an administrator about them. */
  const ends: [string, string, "self" | "admin", (who: Person) => Record<string, string>][] = [
    ["signing out", "signOut", "self", () => ({})],
    ["switching the role", "switchRole", "self", (who) => ({ role: who.roles[1]?.id ?? "" })],
    ["a new password of one's own", "changePassword", "self", () => passwords({ current_password: password })],
    ["a password set by an administrator", "setPassword", "admin", (who) => passwords({ id: who.id })],
    ["disabling", "disableUser", "admin", (who) => ({ id: who.id })],
    ["deleting", "deleteUser", "admin", (who) => ({ id: who.id })],
  ];

  test.each(ends)("a copy of the cookie is dead after %s", async (_name, action, by, fieldsOf) => {
    const passwordHash = await hashPassword(password);
    const who = await transaction((tx) => addPerson(tx, "victim", ["Operator", "Reporter"], { passwordHash }));
    expect((await visit(bare, "/dashboard", who)).status).toBe(200);
    const sender = by === "self" ? who : await inNewSession(world.people.admin as Person);
    const path = by === "self" ? "/account" : "/settings/users";
    const { state } = await sendAction(await idOf(action), { server: url, path, who: sender, fields: fieldsOf(who) });
    expect(state, JSON.stringify(state)).toMatchObject({ status: "done" });
    const replays = Array.from({ length: 50 });
    const pages = await eachOf(replays, () => visit(bare, "/dashboard", who));
    expect(pages.map(({ status, location }) => `${status} ${location}`)).toEqual(replays.map(() => "307 /login"));
    const doors = await eachOf(replays, () => visit(url, "/api/customers/names", who));
    expect(new Set(doors.map(({ status }) => status))).toEqual(new Set([401]));
  });

  test.each([
    ["nobody used for longer than the settings allow", { seenAt: new Date(Date.now() - 12.1 * HOUR_MS) }],
    ["began longer ago than the settings allow", { createdAt: new Date(Date.now() - 30.1 * 24 * HOUR_MS) }],
  ])("a session that %s is over", async (_name, times) => {
    const who = await transaction((tx) => addPerson(tx, "late", ["Operator"]));
    expect((await visit(bare, "/dashboard", who)).status).toBe(200);
    await transaction((tx) => tx.update(sessions).set(times).where(eq(sessions.userId, who.id)));
    expect(await visit(bare, "/dashboard", who)).toMatchObject({ status: 307, location: "/login" });
  });

  test("switching the role hands out a new cookie that works", async () => {
    const who = await inNewSession(world.people.everything as Person);
    const fields = { role: who.roles[3]?.id ?? "" };
    const answer = await sendAction(await idOf("switchRole"), { server: url, path: "/account", who, fields });
    const cookie = setCookies(answer)[0]?.split(";")[0] ?? "";
    expect((await visit(url, "/customers", { ...who, cookie })).status).toBe(200);
    expect((await visit(url, "/settings", { ...who, cookie })).status).toBe(403);
  });

  test("a cookie that this installation did not make, or that was changed by one bit, is nobody's", async () => {
    const admin = world.people.admin as Person;
    expect((await visit(bare, "/audit-log", admin)).status, "the untouched one works").toBe(200);
    const forged = [...flipped(admin.cookie), ...foreign(admin.secret)].map((cookie) => ({ ...admin, cookie }));
    const answers = await eachOf(forged, (who) => visit(bare, "/audit-log", who));
    const wrong = answers.flatMap(({ status, location }, i) =>
      status === 307 && location === "/login" ? [] : [`${status}: ${forged[i]?.cookie.slice(0, 60)}`],
    );
    expect(forged.length).toBeGreaterThan(80);
    expect(wrong).toEqual([]);
    const doors = await eachOf(forged, (who) => visit(url, "/api/audit/export", who));
    expect(new Set(doors.map(({ status }) => status))).toEqual(new Set([401]));
  });
});

const passwords = (fields: Record<string, string>) => ({
  ...fields,
  new_password: other,
  confirm_new_password: other,
});

/** One bit changed at every eighth byte of the cookie, cut short, or made longer. */
function flipped(cookie: string): string[] {
  const [name, value = ""] = cookie.split("=");
  const bytes = Buffer.from(value, "base64url");
  const changed = Array.from({ length: Math.ceil(bytes.length / 8) }, (_, i) => {
    const copy = Buffer.from(bytes);
    copy[i * 8] = (copy[i * 8] ?? 0) ^ (1 << (i % 8));
    return copy.toString("base64url");
  });
  const cut = [0, 11, 12, 27, 28, 29, 60].map((length) => bytes.subarray(0, length).toString("base64url"));
  return [...changed, ...cut, `${value}AAAA`, "x".repeat(5000), "%00", "{}"].map((one) => `${name}=${one}`);
}

/** Tokens of other makers: another secret, another purpose, no signature, the usual formats of next-auth. */
function foreign(secret: string): string[] {
  const token = { secret, role: "Admin", rights: allRights(), readAt: Date.now(), sub: "1", exp: 9_999_999_999 };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = (alg: string) => `${part({ alg, typ: "JWT" })}.${part(token)}`;
  const mac = createHmac("sha256", env.AUTH_SECRET ?? "")
    .update(unsigned("HS256"))
    .digest("base64url");
  const own = env.AUTH_SECRET ?? "";
  const values = [
    sealed("another-secret-".repeat(3), "session token", "backupchecks session 1", token),
    sealed(own, "another purpose", "backupchecks session 1", token),
    sealed(own, "session token", "another audience", token),
    sealed(own, "session token", "backupchecks session 1", { ...token, secret: 1 }),
    ...[`${unsigned("none")}.`, `${unsigned("HS256")}.${mac}`, part(token), secret],
    "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA",
  ];
  const name = sessionCookieName(false);
  const elsewhere = ["authjs.session-token", "next-auth.session-token", "__Secure-authjs.session-token"];
  const good = cookieOf(secret).split("=")[1];
  return [
    ...values.map((value) => `${name}=${value}`),
    ...elsewhere.map((one) => `${one}=${good}`),
    cookieOf(newSecret()),
  ];
}

function sealed(secret: string, purpose: string, audience: string, token: unknown): string {
  const nonce = randomBytes(12);
  const key = Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(audience));
  const body = Buffer.concat([cipher.update(JSON.stringify(token), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
}
