import { beforeAll, describe, expect, inject, test } from "vitest";
import { type Endpoint, endpoints, type Outcome, sendAction, writtenActions } from "../support/http/actions";
import { mayPass } from "../support/http/expected";
import { inNewSession, type Person } from "../support/http/people";
import {
  type AuditRow,
  digest,
  hasPostgres,
  openWorld,
  plantWorld,
  type World,
  watchAudit,
} from "../support/http/world";

const { url, bare } = inject("servers");

/** What no screen uses has no address to send it to; the build leaves it out. */
const unused: string[] = [];

/** Public actions do something even with an empty form; these inputs are refused before any work. */
const inputs: Record<string, Record<string, string>> = { signIn: { username: "x".repeat(65) } };

let world: World;
let all: Endpoint[];

describe.skipIf(!hasPostgres)("actions", () => {
  beforeAll(async () => {
    world = await openWorld();
    all = await endpoints();
  });

  test("every action of the build is one of ours and has a gate, and every action of ours is in the build", async () => {
    const built = all.map(({ file, name }) => `${file} ${name}`).sort();
    expect(all.filter(({ gate }) => !gate).map(({ file, name }) => `${file} ${name}`)).toEqual([]);
    expect(await writtenActions()).toEqual([...built, ...unused].sort());
  });

  test.each([
    ["runs for those whose role may, and only for them, through a page that carries it", toItsPage, () => true],
    // Who may has been shown to be able to.
    ["runs for nobody whose role may not, through the sign-in page, without middleware", toSignIn, mayNot],
  ])(
    "each action %s",
    async (_name, way, isAsked) => {
      const wrong: string[] = [];
      for (const endpoint of all) {
        for (const who of Object.values(world.people).filter((person) => isAsked(endpoint, person))) {
          const [server, path] = way(endpoint);
          const { outcome, entries, changed } = await tryOut(endpoint, who, server, path);
          const faults = mayAct(endpoint, who)
            ? faultsOfAllowed(outcome, entries, changed)
            : faultsOfRefused(outcome, entries, changed, who);
          wrong.push(...faults.map((fault) => `${who.key} ${endpoint.name}: ${fault}`));
          if (changed) world = await plantWorld();
        }
      }
      expect(wrong).toEqual([]);
    },
    240_000,
  );

  test("a form of a page rendered in another role is refused with the role acted in, and changes nothing", async () => {
    const anyRole: string[] = [];
    const wrong: string[] = [];
    const everything = world.people.everything as Person;
    for (const endpoint of all.filter(({ gate }) => gate !== "public")) {
      const other = { _role: everything.roles[1]?.id ?? "" };
      const { outcome, entries, changed } = await tryOut(endpoint, everything, url, inWorld(endpoint.page), other);
      if (changed) world = await plantWorld();
      if (!outcome.state?.message.startsWith("You are now acting as Admin.")) anyRole.push(endpoint.name);
      else if (changed || entries.length !== 1 || entries[0]?.outcome !== "refused") wrong.push(endpoint.name);
    }
    expect(wrong).toEqual([]);
    // They speak of the person, not of what the role may do.
    expect(anyRole.sort()).toEqual(personal.filter((name) => all.some((endpoint) => endpoint.name === name)).sort());
  });
});

function toItsPage({ page }: Endpoint) {
  return [url, inWorld(page)] as const;
}

function toSignIn() {
  return [bare, "/login"] as const;
}

const personal = [
  "switchRole",
  "signOut",
  "endSession",
  "endOtherSessions",
  "updateProfile",
  "changePassword",
  "endPreview",
];

async function tryOut({ id, name }: Endpoint, person: Person, server: string, path: string, fields = {}) {
  const who = world.people[person.key]?.cookie ? await inNewSession(world.people[person.key] as Person) : person;
  const before = await digest();
  const entriesSince = await watchAudit();
  const outcome = await sendAction(id, { server, path, who, fields: { ...inputs[name], ...fields } });
  return { outcome, entries: await entriesSince(), changed: (await digest()) !== before };
}

/** Somebody who must choose a new password may do what anybody signed in may, so that they can. */
function mayAct({ gate = "public" }: Endpoint, who: Person): boolean {
  if (gate === "signed-in") return !["nobody", "disabled"].includes(who.key);
  return mayPass(gate, who) && (gate === "public" || who.key !== "mustChange");
}

function mayNot(endpoint: Endpoint, who: Person): boolean {
  return !mayAct(endpoint, who);
}

/** An empty form is either said to be incomplete, or does what it means and is in the audit log. */
function faultsOfAllowed({ state, refusedWith }: Outcome, entries: AuditRow[], changed: boolean): string[] {
  // Without a role the page around the form stays closed, whatever became of the form.
  if (entries.some(({ outcome }) => outcome === "done")) return [];
  if (refusedWith !== null) return [`refused with ${refusedWith}`];
  if (state?.status === "invalid" || state?.status === "refused")
    return changed ? ["changed something although it said no"] : [];
  return ["left no audit entry"];
}

function faultsOfRefused({ refusedWith }: Outcome, entries: AuditRow[], changed: boolean, who: Person): string[] {
  const expected = ["nobody", "disabled"].includes(who.key) ? 401 : 403;
  const faults = changed ? ["changed something"] : [];
  if (refusedWith !== expected) faults.push(`answered ${refusedWith} instead of ${expected}`);
  if (entries.length !== 1 || entries[0]?.outcome !== "refused") faults.push(`left ${entries.length} audit entries`);
  return faults;
}

/** @returns the address of a planted row for a page with `[id]`. */
function inWorld(page: string): string {
  return world.addresses[page] ?? page;
}
