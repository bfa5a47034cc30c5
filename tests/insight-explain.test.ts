import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { covers, EVERYTHING, type Mark, NOTHING, treeOf } from "@/lib/access/marks";
import { allRights, isAggregate, type Right } from "@/lib/access/registry";
import { explain, refusal, why } from "@/lib/insight/explain";

type Role = Parameters<typeof explain>[0];

const everything: Role = { name: "Admin", rights: new Set(allRights()), everything: true, trees: {} };
const role = (name: string, rights: Right[], marks: Partial<Record<string, Mark[]>> = {}): Role => ({
  name,
  rights: new Set(rights),
  everything: false,
  trees: Object.fromEntries(Object.entries(marks).map(([right, own]) => [right, treeOf(own ?? [])])),
});
const root = (included: boolean): Mark => ({ type: null, elementId: null, included });
const type = (name: string, included: boolean): Mark => ({ type: name, elementId: null, included });
const own = (elementId: string, included: boolean): Mark => ({ type: null, elementId, included });
const server = { id: "7", type: "server", name: "SRV-07", typeName: "Server" };
const acme = { id: "1", type: "", name: "Acme", typeName: "Without a group" };

describe("the rule that decides", () => {
  const asked = [{ right: "resources.view", row: server }] as const;
  const said = (marks: Mark[]) => explain(role("Ops", ["resources.view"], { "resources.view": marks }), asked);

  test.each<[string, Mark[], boolean, string]>([
    ["the own mark", [root(true), own("7", false)], false, ", but SRV-07 is excluded by a mark of its own."],
    ["the own mark", [type("server", false), own("7", true)], true, ", and SRV-07 is included by a mark of its own."],
    ["the type's", [root(true), type("server", false)], false, ', but SRV-07 is excluded by the mark on "Server".'],
    ["the type's", [type("server", true), own("8", false)], true, ', and SRV-07 is included by the mark on "Server".'],
    ["the root's", [root(true), type("nas", false)], true, ", and SRV-07 is included by the mark on everything."],
    [
      "none",
      [type("nas", true)],
      false,
      ', but SRV-07 is not included: neither it, nor "Server", nor everything is marked.',
    ],
  ])("%s: %j", (_rule, marks, allowed, ending) => {
    const start = 'Ops holds the right "View resources" (resources.view)';
    expect(said(marks)).toEqual({ role: "Ops", allowed, sentences: [start + ending] });
  });
});

test("a job needs its customer too, in the same role", () => {
  const chain = [
    { right: "resources.view", row: server },
    { right: "customers.view", row: acme },
  ] as const;
  const both = { "resources.view": [root(true)], "customers.view": [own("1", false)] };
  const jobsOnly = role("Ops", ["resources.view", "customers.view"], both);
  const customersOnly = role("Desk", ["customers.view"], { "customers.view": [root(true)] });
  const answer = why("oto", [jobsOnly, customersOnly], [everything], [...chain]);
  expect(answer).toEqual({
    allowed: false,
    headline: "oto may not.",
    elsewhere: "Other roles that would allow it: Admin.",
    verdicts: [
      {
        role: "Ops",
        allowed: false,
        sentences: [
          'Ops holds the right "View resources" (resources.view), and SRV-07 is included by the mark on everything.',
          'Ops holds the right "View customers" (customers.view), but Acme is excluded by a mark of its own.',
        ],
      },
      {
        role: "Desk",
        allowed: false,
        sentences: [
          'Desk does not hold the right "View resources" (resources.view).',
          'Desk holds the right "View customers" (customers.view), and Acme is included by the mark on everything.',
        ],
      },
    ],
  });
});

test("a right without a row says how far it goes", () => {
  const said = (marks: Mark[]) =>
    explain(role("Ops", ["customers.view"], { "customers.view": marks }), [{ right: "customers.view" }]).sentences[0];
  expect(said([root(true)])).toMatch(/\) for all, also future ones\.$/);
  expect(said([type("", true)])).toMatch(/\) for some: choose one to see what decides\.$/);
  expect(said([own("1", false)])).toMatch(/\) but for nothing: nothing is chosen\.$/);
});

test("a refused page names the right and the own roles that hold it", () => {
  const missing = 'Viewer does not hold the right "Manage jobs" (jobs.manage)';
  expect(refusal(["Viewer"], "jobs.manage", [])).toBe(`${missing}.`);
  expect(refusal(["Viewer"], "jobs.manage", ["Operator"])).toBe(`${missing}; your role Operator does.`);
  expect(refusal(["Viewer"], "jobs.manage", ["Admin", "Operator"])).toBe(
    `${missing}; your roles Admin and Operator do.`,
  );
});

const mark = fc.record({ place: fc.constantFrom("root", "a", "b", "", "1", "2", "3"), included: fc.boolean() });
const marks = fc
  .uniqueArray(mark, { selector: ({ place }) => place })
  .map((all) =>
    all.map(({ place, included }) =>
      place === "root" ? root(included) : /\d/.test(place) ? own(place, included) : type(place, included),
    ),
  );
const someRight = fc.constantFrom<Right>("resources.view", "customers.view", "jobs.manage", "reports.view");
const anyRole = fc
  .tuple(fc.boolean(), fc.array(someRight), marks, marks)
  .map(([all, rights, resources, customers]) =>
    all
      ? everything
      : role("Ops", rights, { "resources.view": resources, "customers.view": customers, "jobs.manage": [root(false)] }),
  );
const row = fc.record({
  id: fc.constantFrom("1", "2", "3", "4"),
  type: fc.constantFrom("a", "b", "", "c"),
  name: fc.string(),
  typeName: fc.string(),
});
const question = fc.record({ right: someRight, row: fc.option(row, { nil: undefined }) });

test("what is explained is what is decided, for every role, right, row and chain", () => {
  fc.assert(
    fc.property(
      fc.array(anyRole, { maxLength: 3 }),
      fc.array(question, { minLength: 1, maxLength: 2 }),
      (own, chain) => {
        const decided = (one: (typeof own)[number]) =>
          chain.every(({ right, row: about }) => {
            if (!one.rights.has(right)) return false;
            if (!about || !isAggregate(right)) return true;
            return covers(one.everything ? EVERYTHING : (one.trees[right] ?? NOTHING), about);
          });
        expect(own.map((one) => explain(one, chain).allowed)).toEqual(own.map(decided));
        const answer = why("oto", own, own, chain);
        expect(answer.allowed).toBe(own.some(decided));
        expect(answer.headline).toContain(own.some(decided) ? "oto may, as" : "oto may not");
        expect(answer.verdicts.every(({ sentences }) => sentences.length > 0)).toBe(true);
      },
    ),
    { numRuns: 3_000 },
  );
});
