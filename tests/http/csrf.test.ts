import { beforeAll, describe, expect, inject, test } from "vitest";
import { pages } from "@/lib/access/registry";
import { type Endpoint, encoded, endpoints, idOf, sendAction } from "../support/http/actions";
import { inNewSession, type Person } from "../support/http/people";
import { eachOf, visit } from "../support/http/visit";
import { digest, hasPostgres, openWorld, type World, watchAudit } from "../support/http/world";

const { url } = inject("servers");

/** What a browser might send with the person's cookie when another site makes it; "" leaves a header out. */
const foreign: Record<string, Record<string, string>> = {
  "another origin": { origin: "https://evil.example" },
  "another origin, and the proxy's header agreeing": {
    origin: "https://evil.example",
    "x-forwarded-host": "evil.example",
  },
  "no origin (null)": { origin: "null" },
  "no Origin header": { origin: "" },
  "no Origin and no Sec-Fetch-Site": { origin: "", "sec-fetch-site": "" },
  "another port of this host": { origin: "http://127.0.0.1:1", "sec-fetch-site": "same-site" },
  "marked as cross-site": { "sec-fetch-site": "cross-site" },
  "marked as typed in": { "sec-fetch-site": "none" },
};

let world: World;
let everything: Person;
let all: Endpoint[];

describe.skipIf(!hasPostgres)("requests that another site made", () => {
  beforeAll(async () => {
    world = await openWorld();
    everything = world.people.everything as Person;
    all = await endpoints();
  });

  test.each(Object.entries(foreign))("%s: no action runs, and nothing changes", async (_name, headers) => {
    // Of its own, so that one that ends sessions does not make the next case look safe.
    const who = await inNewSession(everything);
    const before = await digest();
    const entriesSince = await watchAudit();
    const ran = await eachOf(all, async ({ id, name }) => {
      const fields = { role: everything.roles[1]?.id ?? "", username: "somebody" };
      const { refusedWith, state } = await sendAction(id, {
        server: url,
        path: "/account",
        who,
        headers,
        fields,
      });
      return refusedWith === null || state ? [`${name}: ${refusedWith} ${state?.status}`] : [];
    });
    expect(ran.flat()).toEqual([]);
    expect((await entriesSince()).filter(({ outcome }) => outcome === "done")).toEqual([]);
    expect(await digest()).toBe(before);
  });

  test("the same request from our own page does run: the refusals above are not for another reason", async () => {
    const who = await inNewSession(everything);
    const outcome = await sendAction(await idOf("signOut"), { server: url, path: "/account", who });
    expect(outcome.refusedWith).toBeNull();
    expect((await visit(url, "/dashboard", who)).status).toBe(307);
  });

  test("forms that need no script, plain text and GET run no action either", async () => {
    const who = await inNewSession(everything);
    const before = await digest();
    const ran = await eachOf(all.flatMap(scriptless), async (sent) => {
      const { body } = await visit(url, "/account", who, sent);
      return /"status":"(done|invalid)"/.test(body) ? [sent.name] : [];
    });
    expect(ran.flat()).toEqual([]);
    expect(await digest()).toBe(before);
  });

  test("a door that changes something asks where the request comes from, too", async () => {
    const before = await digest();
    for (const path of ["/api/mails/upload", "/api/customers/import", "/api/users/import-preview"])
      for (const headers of Object.values(foreign)) {
        const kept = Object.fromEntries(
          Object.entries({ "content-type": "text/plain", ...headers }).filter(([, v]) => v),
        );
        const sent = { method: "POST", body: "From: a@example.org\r\n\r\nBackup OK", headers: kept };
        if (headers.origin === undefined) Object.assign(sent.headers, { origin: url });
        expect((await visit(url, path, everything, sent)).status, `${path} ${JSON.stringify(kept)}`).toBe(403);
      }
    expect(await digest()).toBe(before);
  });

  test("looking changes nothing: every page and download, twice", async () => {
    const before = await digest();
    const paths = [
      ...pages.map(({ path }) => world.addresses[path] ?? path),
      "/api/audit/export",
      "/api/customers/export",
    ];
    for (const path of [...paths, ...paths]) await visit(url, path, everything);
    expect(await digest()).toBe(before);
  });

  test("no answer invites another site to read it", async () => {
    for (const path of ["/dashboard", "/api/customers/names", "/api/health", "/login"]) {
      const { headers } = await visit(url, path, everything, { headers: { origin: "https://evil.example" } });
      expect(headers["access-control-allow-origin"], path).toBeUndefined();
    }
  });
});

/** Ways to send an action without the framework's client. */
function scriptless({
  id,
  name,
}: Endpoint): { name: string; method: string; body?: string; headers: Record<string, string> }[] {
  const boundary = "----form-of-the-tests";
  const form = `--${boundary}\r\nContent-Disposition: form-data; name="$ACTION_ID_${id}"\r\n\r\n\r\n--${boundary}--\r\n`;
  const multipart = `multipart/form-data; boundary=${boundary}`;
  const own = { origin: url, "sec-fetch-site": "same-origin" };
  return [
    { name, method: "POST", body: form, headers: { "content-type": multipart } },
    { name, method: "POST", body: form, headers: { "content-type": multipart, origin: "https://evil.example" } },
    {
      name,
      method: "POST",
      body: `$ACTION_ID_${id}=`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    },
    { name, method: "POST", body: encoded({}), headers: { "content-type": "text/plain", "next-action": id } },
    { name, method: "GET", headers: { "next-action": id, ...own } },
  ];
}
