import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, inject, test } from "vitest";
import type { Right } from "@/lib/access/registry";
import { mayPass } from "../support/http/expected";
import type { Person } from "../support/http/people";
import { leaks, seen } from "../support/http/rows";
import { type Answer, eachOf, visit } from "../support/http/visit";
import { digest, hasPostgres, openWorld, type World, watchAudit } from "../support/http/world";

const { url, bare } = inject("servers");

/** For whom a door opens: holders of a right, everybody, or machines with a key; `row` names a right that the row asks for. */
type Door = { method: "GET" | "POST"; right: Right | "signed-in" | "everybody" | "machine"; row?: Right };

/** What stands at each address below /api: a new route is a new line here. */
const doors: Record<string, Door> = {
  "/api/audit/export": { method: "GET", right: "audit.view" },
  "/api/calendar/targets": { method: "GET", right: "settings.manage" },
  "/api/cron/[task]": { method: "GET", right: "machine" },
  "/api/customers/export": { method: "GET", right: "customers.view" },
  "/api/customers/import": { method: "POST", right: "customers.manage" },
  "/api/customers/names": { method: "GET", right: "customers.view" },
  "/api/data/export": { method: "GET", right: "data.export" },
  "/api/data/retention": { method: "GET", right: "settings.manage" },
  "/api/documentation/pictures/[id]": { method: "GET", right: "signed-in" },
  "/api/health": { method: "GET", right: "everybody" },
  "/api/insight/rows": { method: "GET", right: "users.manage" },
  "/api/intake/duplicati": { method: "POST", right: "machine" },
  "/api/intake/mail": { method: "POST", right: "machine" },
  "/api/intake/proxmox": { method: "POST", right: "machine" },
  "/api/jobs/merge": { method: "GET", right: "jobs.manage" },
  "/api/live": { method: "GET", right: "dashboard.view" },
  "/api/mail-rules/try": { method: "POST", right: "settings.manage" },
  "/api/mails/[id]/body": { method: "GET", right: "signed-in", row: "inbox.view" },
  "/api/mails/[id]/source": { method: "GET", right: "signed-in", row: "inbox.view" },
  "/api/mails/[id]/text": { method: "GET", right: "signed-in", row: "inbox.view" },
  "/api/mails/approvals": { method: "POST", right: "inbox.process" },
  "/api/mails/choices": { method: "GET", right: "inbox.process" },
  "/api/mails/upload": { method: "POST", right: "inbox.process" },
  "/api/overrides/preview": { method: "GET", right: "overrides.manage" },
  "/api/overrides/targets": { method: "GET", right: "overrides.manage" },
  "/api/reports/[id]/csv": { method: "GET", right: "reports.view" },
  "/api/reports/[id]/pdf": { method: "GET", right: "reports.view" },
  "/api/reports/csv": { method: "GET", right: "reports.generate" },
  "/api/reports/pdf": { method: "GET", right: "reports.generate" },
  "/api/roles/elements": { method: "GET", right: "roles.manage" },
  "/api/roles/impact": { method: "POST", right: "roles.manage" },
  "/api/runs/[id]": { method: "GET", right: "resources.view" },
  "/api/session/refresh": { method: "GET", right: "everybody" },
  "/api/tickets/targets": { method: "GET", right: "tickets.manage" },
  "/api/users/export": { method: "GET", right: "users.manage" },
  "/api/users/import-preview": { method: "POST", right: "users.manage" },
};
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

let world: World;

describe.skipIf(!hasPostgres)("doors", () => {
  beforeAll(async () => {
    world = await openWorld();
  });

  test("every route below /api stands in the table of this test, and offers the methods it says", () => {
    const routes = readdirSync("app/api", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("route.ts"))
      .map((file) => [`/api/${file.replace(/\/route\.ts$/, "")}`, readFileSync(`app/api/${file}`, "utf8")] as const);
    expect(routes.map(([path]) => path).sort()).toEqual(Object.keys(doors).sort());
    for (const [path, source] of routes.filter(([path]) => doors[path]?.right !== "machine")) {
      const offered = [...source.matchAll(/^export (?:const|async function) ([A-Z]+)\b/gm)].map(([, method]) => method);
      expect(offered, path).toEqual([doors[path]?.method]);
    }
  });

  test.each(Object.entries(doors))("%s opens for those who may, and no other way", async (path, door) => {
    const before = await digest();
    const entriesSince = await watchAudit();
    const tries = Object.values(world.people).flatMap((who) => methods.map((method) => ({ who, method })));
    const answers = await eachOf(tries, ({ who, method }) => knock(path, who, method));
    const wrong = tries.flatMap(({ who, method }, i) => faultsOf(door, who, method, answers[i] as Answer));
    expect(wrong).toEqual([]);
    expect(await digest(), "nothing changed").toBe(before);
    const refused = tries.filter((_, i) => [401, 403].includes(answers[i]?.status ?? 0)).map(({ who }) => nameOf(who));
    const noted = (await entriesSince()).filter(({ outcome }) => outcome === "refused").map(({ actor }) => actor);
    // Wrong keys are noted now and then only, so that a machine that was forgotten does not fill the log.
    if (door.right === "machine") expect(noted.length).toBeLessThanOrEqual(refused.length);
    else expect(noted.sort()).toEqual(refused.sort());
  });

  test("a mail that the role does not cover is not there, whoever knows its address", async () => {
    const source = (mail: string, who: string) =>
      visit(url, `/api/mails/${world.addresses[mail]}/source`, world.people[who] as Person);
    expect((await source("deletedMail", "viewer")).status).toBe(404);
    expect((await source("deletedMail", "operator")).status).toBe(404);
    expect((await source("deletedMail", "admin")).body).toContain(world.canaries.deletedMail);
    expect((await source("jobMail", "reporter")).status).toBe(404);
    expect((await source("jobMail", "viewer")).body).toContain(world.canaries.jobMail);
  });
});

function knock(path: string, who: Person, method: string): Promise<Answer> {
  const headers = { origin: bare, "sec-fetch-site": "same-origin", "content-type": "text/plain" };
  const address = path
    .replace("[task]", "file-mails")
    .replace(
      "[id]",
      path.startsWith("/api/runs")
        ? idOf("/runs/[id]")
        : path.includes("reports")
          ? idOf("/reports/[id]")
          : idOf("/inbox/[id]"),
    );
  return visit(bare, address, who, { method, headers, body: method === "POST" ? "" : undefined });
}

/** The audit log knows nobody of whom there is no session. */
const nameOf = ({ key, username }: Person): string => (key === "disabled" ? "" : username);

const idOf = (page: string): string => world.addresses[page]?.split("/").at(-1) ?? "";

/** With an empty body a door that opens finds something missing, or hands out what was asked for. */
const OPEN = [200, 202, 400, 404, 409, 413, 415, 422];

function expectedOf({ method: offered, right, row }: Door, who: Person, method: string): number[] {
  if (method === "OPTIONS" && right !== "machine") return [204];
  if (right === "machine" && (method === offered || (method === "HEAD" && offered === "GET"))) return [401, 429];
  if (right === "machine") return [204, 405];
  if (method !== offered && !(method === "HEAD" && offered === "GET")) return [405];
  if (right === "everybody") return [200, 307];
  if (["nobody", "disabled"].includes(who.key)) return [401];
  if (who.key === "mustChange" || !mayPass(right, who)) return [403];
  return row && !who.rights.has(row) ? [404] : OPEN;
}

function faultsOf(door: Door, who: Person, method: string, { status, body }: Answer): string[] {
  const expected = expectedOf(door, who, method);
  const faults = expected.includes(status) ? [] : [`${status} instead of ${expected}`];
  const kinds = status < 300 ? leaks(body, world.canaries, who.rights) : seen(body, world.canaries);
  if (kinds.length > 0) faults.push(`shows ${kinds}`);
  return faults.map((fault) => `${who.key} ${method}: ${fault}`);
}
