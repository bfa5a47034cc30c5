import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { allRights } from "@/lib/access/registry";
import { hashPassword } from "@/lib/auth/passwords";
import { transaction } from "@/lib/db";
import { assignments, roles } from "@/lib/db/schema/access";
import { idOf, sendAction, setCookies } from "../support/http/actions";
import { addPerson, type Person } from "../support/http/people";
import { type Answer, visit, visitAsRouter } from "../support/http/visit";
import { hasPostgres, nobody, openWorld, type World } from "../support/http/world";
import { startServer } from "../support/server";

const { url } = inject("servers");
const env = inject("serverEnv");
const password = "violet-lantern-orbit-7";

let world: World;
let heavy: Person;
let secure: Awaited<ReturnType<typeof startServer>>;

describe.skipIf(!hasPostgres)("headers and cookies", () => {
  beforeAll(async () => {
    world = await openWorld();
    const passwordHash = await hashPassword(password);
    heavy = await transaction(async (tx) => {
      const person = await addPerson(tx, "heavy", ["Admin"], { passwordHash });
      const many = Array.from({ length: 200 }, (_, i) => ({
        name: `Role number ${i}`,
        position: 200 + i,
        rights: allRights(),
      }));
      const made = await tx.insert(roles).values(many).returning({ id: roles.id });
      await tx.insert(assignments).values(made.map(({ id }) => ({ userId: person.id, roleId: id })));
      return person;
    });
    secure = await startServer({ env: { ...env, AUTH_URL: "https://backups.example.org" } });
  });
  afterAll(() => secure?.stop());

  test("every kind of answer carries the headers that protect it", async () => {
    const wrong: string[] = [];
    for (const [name, answer] of Object.entries(await everyKind())) {
      const { headers, status } = answer;
      const lacks = (what: string) => wrong.push(`${name} (${status}): ${what}`);
      if (headers["x-content-type-options"] !== "nosniff") lacks("nosniff");
      if (!/^(same-origin|no-referrer)$/.test(String(headers["referrer-policy"]))) lacks("Referrer-Policy");
      if (headers["cross-origin-opener-policy"] !== "same-origin") lacks("COOP");
      if (headers["cross-origin-resource-policy"] !== "same-origin") lacks("CORP");
      if (headers["x-powered-by"] ?? headers.server) lacks("no X-Powered-By");
      const policy = String(headers["content-security-policy"] ?? "");
      if (!/frame-ancestors '(none|self)'/.test(policy) && !headers["x-frame-options"]) lacks("framing");
      if (!name.startsWith("static") && !/no-store/.test(headers["cache-control"] ?? "")) lacks("no-store");
      if (/text\/html/.test(headers["content-type"] ?? ""))
        wrong.push(...weaknesses(answer).map((what) => `${name}: ${what}`));
    }
    expect(wrong).toEqual([]);
  });

  test("the nonce is made for each answer, and never taken from the request", async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 10; i++) nonces.add(nonceOf(await visit(url, "/login", null)) ?? "");
    expect(nonces.size).toBe(10);
    const headers = { "content-security-policy": "script-src 'nonce-evil'", "x-nonce": "evil" };
    const answer = await visit(url, "/login", null, { headers });
    expect(`${answer.headers["content-security-policy"]} ${answer.body}`).not.toContain("evil");
  });

  test("the cookie is HttpOnly, SameSite and small, also for a person with 200 roles", async () => {
    const cookie = (await signIn(url, heavy)).find((line) => line.startsWith("backupchecks=")) ?? "";
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=lax/i);
    expect(cookie.split(";")[0]?.length).toBeLessThan(4096);
    const who = { ...heavy, cookie: cookie.split(";")[0] ?? "" };
    expect((await visit(url, "/settings", who)).status).toBe(200);
  });

  test("behind https the cookie is tied to this host, and browsers are told to stay with https", async () => {
    const cookies = await signIn(secure.url, heavy, "https://backups.example.org");
    const cookie = cookies.find((line) => line.startsWith("__Host-backupchecks=")) ?? "";
    expect(cookie).toMatch(/; Secure/i);
    expect(cookie).not.toMatch(/Domain=/i);
    const filled = cookies.filter((line) => !/^[^=]+=;/.test(line));
    expect(filled.filter((line) => !/; Secure/i.test(line))).toEqual([]);
    for (const path of ["/login", "/api/health", "/dashboard", "/icon.svg"]) {
      const { headers } = await visit(secure.url, path, null);
      expect(headers["strict-transport-security"], path).toMatch(
        /max-age=(3153600\d|[4-9]\d{7}|\d{9,}); includeSubDomains/,
      );
    }
    expect((await visit(secure.url, "/dashboard", { ...heavy, cookie: cookie.split(";")[0] ?? "" })).status).toBe(200);
    const plain = { ...heavy, cookie: heavy.cookie };
    expect((await visit(secure.url, "/dashboard", plain)).status, "a cookie without the prefix is none").toBe(307);
  });
});

async function everyKind(): Promise<Record<string, Answer>> {
  const { admin, viewer } = world.people as { admin: Person; viewer: Person };
  const login = await visit(url, "/login", null);
  const script = /\/_next\/static\/[^"]+\.js/.exec(login.body)?.[0] ?? "";
  const garbage = {
    method: "POST",
    body: "x",
    headers: { "next-action": "7f".repeat(21), "content-type": "text/plain", origin: url },
  };
  const broken = { ...garbage, headers: { ...garbage.headers, "next-action": await idOf("signOut") } };
  return {
    page: await visit(url, "/dashboard", admin),
    "public page": login,
    redirect: await visit(url, "/dashboard", null),
    "redirect of the root": await visit(url, "/", null),
    "refused page": await visit(url, "/settings", viewer),
    "no page": await visit(url, "/nowhere", admin),
    "no row": await visit(url, "/customers/00000000-0000-7000-8000-000000000000", admin),
    prefetch: await visitAsRouter(url, "/dashboard", admin, { headers: { rsc: "1", "next-router-prefetch": "1" } }),
    payload: await visit(url, "/dashboard?_rsc", admin, { headers: { rsc: "1" } }),
    "unknown action": await visit(url, "/login", null, garbage),
    "broken action": await visit(url, "/account", admin, broken),
    "refused door": await visit(url, "/api/audit/export", viewer),
    "door for nobody": await visit(url, "/api/audit/export", null),
    download: await visit(url, "/api/audit/export", admin),
    mail: await visit(url, `/api/mails/${world.addresses.jobMail}/body`, admin),
    health: await visit(url, "/api/health", null),
    refresh: await visit(url, "/api/session/refresh?to=/dashboard", admin),
    "no door": await visit(url, "/api/nowhere", null),
    "static script": await visit(url, script, null),
    "static icon": await visit(url, "/icon.svg", null),
  };
}

/** What an HTML answer's policy leaves open, and scripts that lack its nonce. */
function weaknesses(answer: Answer): string[] {
  const policy = String(answer.headers["content-security-policy"] ?? "");
  if (policy.includes("sandbox") && policy.includes("default-src 'none'")) return [];
  const wanted = [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ];
  const missing = wanted.filter((directive) => !policy.includes(directive));
  if (/script-src[^;]*unsafe-(inline|eval)/.test(policy)) missing.push("script-src is open");
  if (policy.includes("script-src 'none'")) return missing;
  const nonce = nonceOf(answer);
  const scripts = [...answer.body.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  if (!nonce || scripts.some((tag) => !tag.includes(`nonce="${nonce}"`))) missing.push("a script without the nonce");
  return missing;
}

const nonceOf = ({ headers }: Answer): string | undefined =>
  /'nonce-([^']+)'/.exec(String(headers["content-security-policy"] ?? ""))?.[1];

async function signIn(server: string, { username }: Person, origin = server): Promise<string[]> {
  const fields = { username, password, next: "/dashboard" };
  const headers = { origin, host: new URL(origin).host };
  return setCookies(await sendAction(await idOf("signIn"), { server, path: "/login", who: nobody, fields, headers }));
}
