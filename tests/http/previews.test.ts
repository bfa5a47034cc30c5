import { readdirSync, readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { pages } from "@/lib/access/registry";
import { hashSecret } from "@/lib/access/session";
import { transaction } from "@/lib/db";
import { sessions } from "@/lib/db/schema/access";
import { type Endpoint, endpoints, sendAction } from "../support/http/actions";
import { mayPass } from "../support/http/expected";
import { inNewSession, type Person } from "../support/http/people";
import { leaks } from "../support/http/rows";
import { visit } from "../support/http/visit";
import { digest, hasPostgres, openWorld, plantWorld, type World, watchAudit } from "../support/http/world";

const { url, bare } = inject("servers");

/** They end the preview or the session, which is all that may change in one. */
const open = ["endPreview", "signOut"];

/** What the banner is made of; a refused page is put together in the browser. */
const BANNER = /\\?"roleName\\?":\\?"Viewer\\?"/;

let world: World;

describe.skipIf(!hasPostgres)("a session that looks at the product as another role", () => {
  beforeAll(async () => {
    world = await openWorld();
  });

  test("changes nothing by any action, each of which is refused with one entry in the audit log", async () => {
    const wrong: string[] = [];
    const through: string[] = [];
    for (const endpoint of (await endpoints()).filter(({ gate }) => gate !== "public")) {
      const before = await looking("admin", "Operator");
      const { message, entries, changed } = await tryOut(endpoint, before);
      if (changed) world = await plantWorld();
      if (!message.startsWith("This is a preview of Operator.")) through.push(endpoint.name);
      else if (changed) wrong.push(`${endpoint.name} changed something`);
      else if (entries.length !== 1 || entries[0]?.reason !== "in a preview of Operator")
        wrong.push(`${endpoint.name} left ${JSON.stringify(entries)}`);
    }
    expect(wrong).toEqual([]);
    expect(through.sort()).toEqual(open);
  }, 240_000);

  test("changes nothing through any door that is not for reading", async () => {
    const who = await looking("admin", "Operator");
    const before = await digest();
    for (const path of writingDoors()) {
      const entriesSince = await watchAudit();
      const headers = { origin: bare, "sec-fetch-site": "same-origin", "content-type": "application/json" };
      const { status, body } = await visit(bare, path, who, { method: "POST", headers, body: "{}" });
      expect([path, status]).toEqual([path, 403]);
      expect(body).toContain("This is a preview of Operator. Nothing was changed.");
      expect(await entriesSince()).toMatchObject([{ outcome: "refused", actor: who.username }]);
    }
    expect(await digest()).toBe(before);
  });

  test("opens the pages of that role alone, each with the banner, and shows nothing that the role may not see", async () => {
    const viewer = world.people.viewer as Person;
    const who = await looking("admin", "Viewer");
    const wrong: string[] = [];
    for (const { path, gate } of pages.filter(({ gate }) => gate !== "public")) {
      const { status, body } = await visit(bare, world.addresses[path] ?? path, who);
      if (status !== (mayPass(gate, viewer) ? 200 : 403)) wrong.push(`${path} answered ${status}`);
      if (!BANNER.test(body)) wrong.push(`${path} has no banner`);
      const shown = leaks(body, world.canaries, viewer.rights);
      if (shown.length > 0) wrong.push(`${path} shows ${shown}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** @returns the person in a session of its own that looks at the product as a role. */
async function looking(key: string, roleName: string): Promise<Person> {
  const who = await inNewSession(world.people[key] as Person);
  const role = world.people.everything?.roles.find(({ name }) => name === roleName);
  await transaction((tx) =>
    tx
      .update(sessions)
      .set({ previewRoleId: role?.id })
      .where(eq(sessions.tokenHash, hashSecret(who.secret))),
  );
  return { ...who, actingKey: `${who.actingKey} ${role?.id}` };
}

async function tryOut({ id, page }: Endpoint, who: Person) {
  const before = await digest();
  const entriesSince = await watchAudit();
  // Carries ids of rows that exist, so that what is refused is not merely incomplete.
  const fields = { id: who.id, role: who.roles[0]?.id ?? "", version: "1", name: "Changed" };
  const { state } = await sendAction(id, { server: url, path: world.addresses[page] ?? page, who, fields });
  return { message: state?.message ?? "", entries: await entriesSince(), changed: (await digest()) !== before };
}

/** Machines bring a key instead of a session. */
const machines = ["/api/intake/mail", "/api/intake/proxmox", "/api/intake/duplicati"];

const writingDoors = (): string[] =>
  readdirSync("app/api", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .filter((file) => /^export const (POST|PUT|PATCH|DELETE)\b/m.test(readFileSync(`app/api/${file}`, "utf8")))
    .map((file) => `/api/${file.replace(/\/route\.ts$/, "")}`)
    .filter((path) => !machines.includes(path));
