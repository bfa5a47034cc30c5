import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { pages } from "@/lib/access/registry";
import { endpoints, sendAction } from "../support/http/actions";
import {
  addDesk,
  type CustomPerson,
  coversAll,
  type Desk,
  hiddenOf,
  isThere,
  plantCustomPeople,
  plantDesks,
  plantEndUser,
} from "../support/http/custom-roles";
import { expectedOf, mayPass } from "../support/http/expected";
import { inNewSession, type Person } from "../support/http/people";
import { leaks, seen } from "../support/http/rows";
import { type Answer, eachOf, visit, visitAsRouter } from "../support/http/visit";
import { digest, hasPostgres, openWorld, type World, watchAudit } from "../support/http/world";

const { url, bare } = inject("servers");
const SEED = 20_261_122;

let world: World;
let desks: [Desk, Desk];
let people: CustomPerson[];

describe.skipIf(!hasPostgres)("generated roles that cover a part each", () => {
  beforeAll(async () => {
    world = await openWorld();
    desks = await plantDesks(world);
    people = await plantCustomPeople(desks[0], SEED);
  });

  test.each([
    ["as a document", (address: string, who: CustomPerson) => visit(bare, address, who)],
    ["through the middleware", (address: string, who: CustomPerson) => visit(url, address, who)],
    [
      "as a payload",
      (address: string, who: CustomPerson) => visitAsRouter(bare, address, who, { headers: { rsc: "1" } }),
    ],
  ])("each page shows each of them what registry and marks say, %s", async (name, open) => {
    const visits = people.flatMap((who) =>
      pages.flatMap(({ path, gate }) =>
        desks.flatMap((desk) => addressesOf(path, desk).map((address) => ({ who, path, gate, desk, address }))),
      ),
    );
    const answers = await eachOf(visits, ({ address, who }) => open(address, who));
    const wrong = visits.flatMap(({ who, path, gate, desk, address }, i) => {
      const { status, body } = answers[i] as Answer;
      const expected = expectedOf(path, gate, who);
      const wanted = expected.status === 200 && !isThere(path, who, desk) ? 404 : expected.status;
      const faults = name !== "as a payload" && status !== wanted ? [`${status} instead of ${wanted}`] : [];
      return [...faults, ...shownTo(who, body)].map((fault) => `${who.key} ${address}: ${fault}`);
    });
    expect(wrong).toEqual([]);
    const opened = answers.filter(({ status }) => status === 200).length;
    expect(opened).toBeGreaterThan(visits.length / 4);
  });

  test("each door gives each of them what their role covers, whatever it is asked for", async () => {
    const tries = people.flatMap((who) =>
      doors().flatMap((door) =>
        desks.flatMap((desk) => door.asked(desk).map((address) => ({ who, address, ...door }))),
      ),
    );
    const answers = await eachOf(tries, ({ who, address }) => visit(bare, address, who));
    const wrong = tries.flatMap(({ who, address, gate }, i) => {
      const { status, body } = answers[i] as Answer;
      // An export of everything is for who covers everything, beside the right.
      const isOpen = gate === "signed-in" || (mayPass(gate, who) && (gate !== "data.export" || coversAll(who)));
      const faults = isOpen === (status === 403) || status >= 500 ? [`${status}`] : [];
      return [...faults, ...shownTo(who, body)].map((fault) => `${who.key} ${address}: ${fault}`);
    });
    expect(wrong).toEqual([]);
    expect(answers.some(({ body }) => body.includes(desks[0].canaries.job))).toBe(true);
  });

  test("each action runs for those of them whose role may, and a refusal changes nothing", async () => {
    const wrong: string[] = [];
    for (const { id, name, gate = "public" } of await endpoints()) {
      if (gate === "public" || gate === "signed-in") continue;
      const refused = people.filter((who) => !mayPass(gate, who));
      const sessions = await Promise.all(refused.map(inNewSession));
      const [before, entriesSince] = [await digest(), await watchAudit()];
      const outcomes = await eachOf(sessions, (who) => sendAction(id, { server: bare, path: "/login", who }));
      const faults = outcomes.filter(({ refusedWith }) => refusedWith !== 403).map(({ refusedWith }) => refusedWith);
      if (faults.length > 0) wrong.push(`${name}: ${faults}`);
      if ((await digest()) !== before) wrong.push(`${name}: changed something`);
      const noted = (await entriesSince()).filter(({ outcome }) => outcome === "refused").length;
      if (noted !== refused.length) wrong.push(`${name}: ${noted} entries for ${refused.length}`);
    }
    expect(wrong).toEqual([]);
  });

  test("what is added outside of a role changes nothing of its pages, lists, numbers and files", async () => {
    const who = await plantEndUser(desks[0]);
    const addresses = [
      ...new Set(
        pages
          .flatMap(({ path }) => addressesOf(path, desks[0]))
          .concat(doors().flatMap((door) => door.asked(desks[0]))),
      ),
    ];
    const look = async () => (await eachOf(addresses, (address) => visit(bare, address, who))).map(withoutOrder);
    const [before, again] = [await look(), await look()];
    expect(again, "they stay the same by themselves").toEqual(before);
    const added = await addDesk(1003);
    const after = await look();
    for (const [at, address] of addresses.entries()) expect(after[at], address).toBe(before[at]);
    const all = await visit(bare, "/jobs", world.people.admin as Person);
    expect(all.body).toContain(added.canaries.job);
    expect(before.some((body) => body.includes(desks[0].canaries.job))).toBe(true);
  });
});

/** What people and programs are told: texts, links and values. Parts of a page come in any order, and scripts carry numbers of the request. */
const withoutOrder = ({ status, body, headers }: Answer): string => {
  // A PDF says when it was made.
  if (headers["content-type"] === "application/pdf") return `${status} PDF`;
  if (!headers["content-type"]?.startsWith("text/html")) return `${status} ${body}`;
  const page = body.replaceAll(/<script[\s\S]*?<\/script>|<!--[\s\S]*?-->/g, "");
  const told = page.match(/>[^<]+<|(?:href|value|aria-label|title)="[^"]*"/g) ?? [];
  const moments = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  return [status, ...told.map((part) => part.replaceAll(moments, "")).sort()].join("\n");
};

/** Lists also with a search that would find hidden rows. */
function addressesOf(path: string, { addresses, canaries }: Desk): string[] {
  if (path.includes("[id]")) return [addresses[path] ?? world.addresses[path] ?? ""];
  const search = { "/customers": canaries.customer, "/jobs": canaries.job, "/tickets": canaries.ticket }[path];
  return search ? [path, `${path}?q=${search.slice(0, -1)}`] : [path];
}

/** @returns what of either desk, or of the rest, they should not have been shown. */
function shownTo(who: CustomPerson, body: string): string[] {
  return desks.flatMap((desk, i) => {
    const kinds = seen(body, desk.canaries);
    const hidden = hiddenOf(who, desk).filter((kind) => kinds.includes(kind));
    const closed = i === 0 ? leaks(body, desk.canaries, who.rights) : [];
    return [...new Set([...hidden, ...closed])].map((kind) => `shows ${kind} of desk ${i + 1}`);
  });
}

/** Every door that is opened with GET, with the gate that its file says and the addresses at which it is tried. */
function doors() {
  return readdirSync("app/api", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .flatMap((file) => {
      const gate = /export const GET = personDoor[\s\S]*?\(\s*"([^"]+)"/.exec(
        readFileSync(`app/api/${file}`, "utf8"),
      )?.[1];
      const path = `/api/${file.replace(/\/route\.ts$/, "")}`;
      return gate
        ? [{ gate: gate as Parameters<typeof mayPass>[0], asked: (desk: Desk) => questionsAt(path, desk) }]
        : [];
    });
}

function questionsAt(path: string, { addresses, canaries, rows }: Desk): string[] {
  const idOf = (page: string) => addresses[page]?.split("/").at(-1) ?? "";
  if (path.includes("/reports/[id]")) return [path.replace("[id]", idOf("/reports/[id]"))];
  if (path.includes("/mails/[id]")) return [path.replace("[id]", addresses.jobMail ?? "")];
  if (path.includes("[")) return [];
  const [from, to] = [new Date(Date.now() - 5 * 86_400_000), new Date()].map((day) => day.toISOString().slice(0, 10));
  const right = ["customers.view", "resources.view", "reports.view"] as const;
  return [
    path,
    `${path}?q=${canaries.customer.slice(0, 12)}&from=${from}&to=${to}&customer=${rows["customers.view"].id}`,
    `${path}?q=canary&customer=${canaries.customer}&from=${from}&to=${to}`,
    ...right.map((one) => `${path}?right=${one}&search=canary&type=${rows[one].type}`),
  ];
}
