import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { pages } from "@/lib/access/registry";
import { db } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { everyVisit, named, type Visit } from "../support/http/expected";
import { cookieOf, inNewSession, type Person } from "../support/http/people";
import { leaks, seen } from "../support/http/rows";
import { variantsOf } from "../support/http/variants";
import { type Answer, eachOf, visit, visitAsRouter } from "../support/http/visit";
import { hasPostgres, openWorld, tablesWithoutCanary, type World } from "../support/http/world";

const { url, bare } = inject("servers");
const servers = [
  ["with middleware", url],
  ["without middleware", bare],
] as const;

let world: World;

describe.skipIf(!hasPostgres)("pages", () => {
  beforeAll(async () => {
    world = await openWorld();
  });

  test("every table has a marked row, but those that hold nothing but ids or choices", async () => {
    expect(await tablesWithoutCanary()).toEqual(["assignments", "role_scopes", "settings", "tasks", "ticket_scopes"]);
  });

  test.each(servers)("each page answers each person as registry and roles say, %s", async (_name, server) => {
    const visits = everyVisit(world);
    const answers = await eachOf(visits, ({ address, who }) => visit(server, address, who));
    const wrong = visits.flatMap((tried, i) => difference(tried, answers[i] as Answer));
    expect(wrong).toEqual([]);
  });

  test("every marked text that somebody may read is on a page or in a payload of somebody who may", async () => {
    const visits = everyVisit(world).filter(({ expected }) => expected.status === 200);
    const answers = await eachOf(visits, ({ address, who }) => visit(bare, address, who));
    const shown = new Set(answers.flatMap(({ body }) => seen(body, world.canaries)));
    const main = ["customer", "job", "run", "runObject", "inboxMail", "deletedMail", "ticket", "remark", "report"];
    expect([...shown]).toEqual(expect.arrayContaining([...main, "user", "audit", "intakeKey", "menuLink"]));
    expect([...shown]).not.toContain("secret");
  });

  test("a payload for the client's router holds no more than the page", async () => {
    const visits = everyVisit(world);
    const answers = await eachOf(visits, ({ address, who }) =>
      visitAsRouter(bare, address, who, { headers: { rsc: "1" } }),
    );
    const leaking = visits.flatMap((tried, i) => {
      const kinds = leaks(answers[i]?.body ?? "", world.canaries, rightsOf(tried));
      return kinds.length > 0 ? [`${named(tried)}: ${kinds}`] : [];
    });
    expect(leaking).toEqual([]);
    const control = visits.findIndex(({ path, who }) => path === "/audit-log" && who.key === "admin");
    expect(answers[control]?.body, "payloads do carry rows").toContain(world.canaries.audit);
  });

  test("no header or address variant opens a page that is closed, with and without middleware", async () => {
    const tries = closedOnes().flatMap((tried) =>
      variantsOf(tried.address, tried.path).flatMap((variant) =>
        servers.map(([, server]) => ({ tried, variant, server })),
      ),
    );
    const opened = await eachOf(tries, async ({ tried, variant: { name, path, headers }, server }) => {
      const { body } = await visitAsRouter(server, path, tried.who, { headers });
      const kinds = seen(body, world.canaries);
      return kinds.length > 0 ? [`${named(tried)} by ${name}: ${kinds}`] : [];
    });
    expect(tries.length).toBeGreaterThan(2000);
    expect(opened.flat()).toEqual([]);
  });

  test("the same variants do reach the page for somebody who may open it", async () => {
    const admin = world.people.admin as Person;
    const reaching = await eachOf(variantsOf("/audit-log", "/audit-log"), async ({ name, path, headers }) => {
      const { body } = await visitAsRouter(bare, path, admin, { headers });
      return body.includes(world.canaries.audit) ? [name] : [];
    });
    expect(reaching.flat()).toEqual(expect.arrayContaining(["RSC", "router prefetch", "RSC of the page alone"]));
  });

  test("each refused page leaves exactly one audit entry", async () => {
    for (const who of Object.values(world.people)) {
      const fresh = who.cookie ? await inNewSession(who) : who;
      const refused = everyVisit(world).filter(
        ({ who: { key }, expected }) => key === who.key && expected.status === 403,
      );
      const before = await refusals(who);
      await eachOf(refused, ({ address }) => visit(bare, address, fresh));
      const entries = (await refusals(who)).slice(before.length);
      expect(entries.sort(), who.key).toEqual(refused.map(({ path }) => path).sort());
    }
  });

  test("a cookie that claims too little is renewed on the way, and the page answers by what is true", async () => {
    const { admin, viewer } = world.people as Record<string, Person>;
    for (const [who, status] of [
      [admin, 200],
      [viewer, 403],
    ] as const) {
      const modest = { ...(who as Person), cookie: cookieOf((who as Person).secret, [], 0) };
      const detour = await visit(url, "/audit-log", modest);
      expect(detour).toMatchObject({ status: 307, location: "/api/session/refresh?to=%2Faudit-log" });
      const renewed = await visit(url, detour.location, modest);
      expect(renewed).toMatchObject({ status: 307, location: "/audit-log" });
      const cookie = String(renewed.headers["set-cookie"]).split(";")[0] ?? "";
      expect((await visit(url, renewed.location, { ...modest, cookie })).status).toBe(status);
    }
  });
});

/** For each page nobody, and the most powerful of the roles that may not open it: the others meet the same guard. */
function closedOnes(): Visit[] {
  const closed = everyVisit(world).filter(({ expected, gate }) => expected.status !== 200 && gate !== "public");
  const order = ["operator", "viewer", "reporter", "mustChange", "roleless"];
  return pages.flatMap(({ path }) => {
    const ofPage = closed.filter((tried) => tried.path === path);
    const strongest = order.map((key) => ofPage.find(({ who }) => who.key === key)).find(Boolean);
    return [...ofPage.filter(({ who }) => who.key === "nobody"), ...(strongest ? [strongest] : [])];
  });
}

function difference(tried: Visit, answer: Answer): string[] {
  const { expected, title, path } = tried;
  const wrong: string[] = [];
  const location = answer.location.replace(/[?].*/, "");
  if (answer.status !== expected.status) wrong.push(`${answer.status} instead of ${expected.status}`);
  else if (location !== (expected.location ?? "")) wrong.push(`to ${location} instead of ${expected.location}`);
  else if (expected.status === 200 && headingOf(answer.body) !== title && !path.includes("[id]"))
    wrong.push(`heading ${headingOf(answer.body)} instead of ${title}`);
  const leaking = leaks(answer.body, world.canaries, rightsOf(tried));
  if (leaking.length > 0) wrong.push(`shows ${leaking}`);
  return wrong.map((what) => `${named(tried)}: ${what}`);
}

/** Who is sent away may see nothing, whatever their role holds. */
const rightsOf = ({ who, expected }: Visit) => (expected.status === 200 ? who.rights : new Set<never>());

const headingOf = (body: string): string | undefined => /<h1[^>]*>([^<]*)/.exec(body)?.[1];

async function refusals(who: Person): Promise<string[]> {
  const rows = await db()
    .select({ target: auditEntries.target })
    .from(auditEntries)
    .where(and(eq(auditEntries.actor, who.username), eq(auditEntries.action, "page.open")))
    .orderBy(auditEntries.at, auditEntries.id);
  return rows.map(({ target }) => target);
}
