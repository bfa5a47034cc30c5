import { beforeAll, describe, expect, inject, test } from "vitest";
import { hashPassword } from "@/lib/auth/passwords";
import { transaction } from "@/lib/db";
import { idOf, sendAction } from "../support/http/actions";
import { addPerson, type Person } from "../support/http/people";
import { visit } from "../support/http/visit";
import { hasPostgres, nobody, openWorld, type World } from "../support/http/world";

const { url } = inject("servers");
const own = new URL(url).host;
const evil = "evil.example";

// biome-ignore format: a table
const payloads = [
  `https://${evil}`, `http://${evil}/dashboard`, `//${evil}`, `///${evil}`, `////${evil}`, `/\\${evil}`, `\\\\${evil}`, `\\/${evil}`,
  `/\t/${evil}`, `/\n/${evil}`, `/\r/${evil}`, `\t//${evil}`, ` //${evil}`, `https:${evil}`, `https:/${evil}`, `http:\\\\${evil}`,
  `HTTPS://${evil}`, `//${evil}@${own}`, `//${own}@${evil}`, `https://${own}@${evil}`, `https://${own}.${evil}`, `//${evil}%2f..`,
  `/%2f${evil}`, `/%2F%2F${evil}`, `/%5c${evil}`, `%2f%2f${evil}`, `/%09/${evil}`, `/%0d%0aLocation:%20https://${evil}`, `/\u2028/${evil}`,
  `javascript:alert(1)`, `JaVaScRiPt:alert(1)`, `java\nscript:alert(1)`, `data:text/html,x`, `vbscript:x`, `file:///etc/passwd`,
  `/.//${evil}`, `/..//${evil}`, `/dashboard/..//${evil}`, `/./\\${evil}`, `/;//${evil}`, `/?next=//${evil}`, `/#//${evil}`, `.${evil}`, `@${evil}`,
  `:80//${evil}`, `/login?next=//${evil}`, `/api/session/refresh?to=//${evil}`, `\u3002${evil}`, `/\u3002/${evil}`, `//\u0435vil.example`, `http://[::1]/`,
  "", "null", "undefined",
];

let world: World;

describe.skipIf(!hasPostgres)("redirects", () => {
  beforeAll(async () => {
    world = await openWorld();
  });

  test.each(["/login?next=", "/api/session/refresh?to="])("%s leads nowhere but to our own pages", async (address) => {
    expect(payloads.length).toBeGreaterThanOrEqual(50);
    const who = world.people.operator as Person;
    for (const headers of [{} as Record<string, string>, { "x-forwarded-host": evil, "x-forwarded-proto": "https" }])
      for (const payload of payloads) {
        const answer = await visit(url, address + encodeURIComponent(payload), who, { headers });
        expect(answer.status, payload).toBe(307);
        expectOwn(answer.location, payload);
      }
  });

  test("what a stranger is sent to sign in for stays here, too", async () => {
    for (const path of [`//${evil}/`, `/\\${evil}`, `/dashboard?x=//${evil}`, `/jobs/%2f%2f${evil}`]) {
      const answer = await visit(url, path, null, { headers: { host: own, "x-forwarded-host": evil } });
      if (answer.location) expectOwn(answer.location, path);
    }
  });

  test("signing in goes on to an own page, whatever the form says", async () => {
    const passwordHash = await hashPassword("violet-lantern-orbit-7");
    const who = await transaction((tx) => addPerson(tx, "signs-in", ["Viewer"], { passwordHash }));
    const signIn = await idOf("signIn");
    const credentials = { username: who.username, password: "violet-lantern-orbit-7" };
    for (const next of [`https://${evil}`, `//${evil}`, `/\\${evil}`, `/%2f${evil}`, "/customers?q=a"]) {
      const { headers } = await sendAction(signIn, {
        server: url,
        path: "/login",
        who: nobody,
        fields: { ...credentials, next },
      });
      const location = String(headers["x-action-redirect"] ?? headers.location).split(";")[0] ?? "";
      expectOwn(location, next);
      if (next.startsWith("/c")) expect(location).toBe(next);
    }
  });
});

function expectOwn(location: string, payload: string): void {
  expect(location, payload).toMatch(/^\/(?![/\\])/);
  expect(new URL(location, url).host, payload).toBe(own);
}
