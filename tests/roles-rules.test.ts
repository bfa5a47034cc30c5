import fc from "fast-check";
import { expect, test } from "vitest";
import { covers, coversType, type Element, EVERYTHING, isWhole, NOTHING, type Tree, treeOf } from "@/lib/access/marks";
import { type AggregateRight, allRights, defaultRights, isAggregate, type Right } from "@/lib/access/registry";
import { differing, linesOf, sameDraft } from "@/lib/roles/changes";
import { type DraftMark, draftMarks, draftSchema, draftTrees, type RoleDraft } from "@/lib/roles/draft";
import { hintsOf } from "@/lib/roles/hints";
import {
  elementToggled,
  exceptionsOf,
  rootExtent,
  rootToggled,
  typeExtent,
  typeToggled,
  withElements,
} from "@/lib/roles/marking";
import { packed, unpacked } from "@/lib/roles/wire";
import { countLabel, sentenceOf, spelledOut } from "@/lib/roles/wording";

const elements: Element[] = [1, 2, 3, 4, 5, 6].map((i) => ({ id: `e${i}`, type: ["server", "nas", ""][i % 3] ?? "" }));
const later = ["server", "nas", "", "new"].map((type) => ({ id: `later ${type}`, type }));
const typeOf = (id: string) => elements.find((one) => one.id === id)?.type;
const types = [
  { type: "server", name: "Server" },
  { type: "nas", name: "NAS" },
  { type: "", name: "Without a type" },
];
const element = fc.constantFrom(...elements);
const type = fc.constantFrom(...types.map((one) => one.type));
type Click = (tree: Tree) => Tree;
const click: fc.Arbitrary<Click> = fc.oneof(
  fc.constant<Click>(rootToggled),
  type.map(
    (one): Click =>
      (tree) =>
        typeToggled(tree, one, typeOf),
  ),
  element.map(
    (one): Click =>
      (tree) =>
        elementToggled(tree, one),
  ),
  fc.tuple(fc.uniqueArray(element), fc.boolean()).map(
    ([chosen, included]): Click =>
      (tree) =>
        withElements(tree, chosen, included),
  ),
);
const clicked = fc.array(click, { maxLength: 12 }).map((clicks) => clicks.reduce((tree, one) => one(tree), NOTHING));

test("a click on an element turns over that element and nothing else, now or later", () => {
  fc.assert(
    fc.property(clicked, element, (tree, one) => {
      const next = elementToggled(tree, one);
      for (const other of [...elements, ...later])
        expect(covers(next, other)).toBe(other === one ? !covers(tree, other) : covers(tree, other));
    }),
  );
});

test("a click on a type includes all of it, also what comes later, or nothing when it was all; others stay", () => {
  fc.assert(
    fc.property(clicked, type, (tree, one) => {
      const wasAll = typeExtent(tree, one, exceptionsOf(tree, typeOf)) === "all";
      const next = typeToggled(tree, one, typeOf);
      for (const other of [...elements, ...later])
        expect(covers(next, other)).toBe(other.type === one ? !wasAll : covers(tree, other));
    }),
  );
});

test("a click on the root gives everything, or nothing when it was everything", () => {
  expect(rootToggled(NOTHING)).toBe(EVERYTHING);
  expect(rootToggled(EVERYTHING)).toBe(NOTHING);
  expect(rootToggled(withElements(EVERYTHING, elements.slice(0, 1), false))).toBe(EVERYTHING);
});

test("selecting or clearing a search result changes exactly what was found", () => {
  fc.assert(
    fc.property(clicked, fc.uniqueArray(element), fc.boolean(), (tree, found, included) => {
      const next = withElements(tree, found, included);
      for (const other of [...elements, ...later])
        expect(covers(next, other)).toBe(found.includes(other) ? included : covers(tree, other));
    }),
  );
});

test("whatever was clicked, no mark says what the one above it says already", () => {
  fc.assert(
    fc.property(clicked, (tree) => {
      for (const included of tree.types.values()) expect(included).toBe(!tree.root);
      for (const [id, included] of tree.elements) expect(included).toBe(!coversType(tree, typeOf(id) ?? ""));
    }),
  );
});

test("checkboxes are checked when all is covered, empty when nothing is, and mixed else", () => {
  fc.assert(
    fc.property(clicked, (tree) => {
      const all = [...elements, ...later, { id: "x", type: "of tomorrow" }];
      const covered = all.filter((one) => covers(tree, one)).length;
      expect(rootExtent(tree)).toBe(isWhole(tree) ? "all" : covered === 0 ? "none" : "some");
      for (const one of types) {
        const own = all.filter((other) => other.type === one.type);
        const count = own.filter((other) => covers(tree, other)).length;
        const extent = count === own.length ? "all" : count === 0 ? "none" : "some";
        expect(typeExtent(tree, one.type, exceptionsOf(tree, typeOf))).toBe(extent);
      }
    }),
  );
});

const names: Record<string, string> = { e1: "NAS-01", e2: "X-1", e3: "SRV-07", e4: "NAS-02", e5: "X-2", e6: "SRV-10" };
const elementOf = (id: string) => ({ id, type: typeOf(id) ?? "", name: names[id] ?? "", detail: `of ${id}` });
const told = (tree: Tree, shown?: number) => sentenceOf(spelledOut(tree, types, elementOf), shown);
const by = (id: string) => elements.filter((one) => one.id === id);

test.each<[string, string, Tree]>([
  ["(all)", "(all)", EVERYTHING],
  ["(none)", "(none)", NOTHING],
  ["(all except 1)", "Server: all except SRV-07; everything else: all", withElements(EVERYTHING, by("e3"), false)],
  [
    "(all except 2)",
    "Server: all except SRV-07; NAS: none; everything else: all",
    withElements(typeToggled(EVERYTHING, "nas", typeOf), by("e3"), false),
  ],
  [
    "(2)",
    "Server: all except SRV-07; NAS: NAS-01, NAS-02",
    withElements(
      withElements(typeToggled(NOTHING, "server", typeOf), by("e3"), false),
      [...by("e4"), ...by("e1")],
      true,
    ),
  ],
  ["(1)", "Server: all", typeToggled(NOTHING, "server", typeOf)],
  ["(1)", "Without a type: X-1", withElements(NOTHING, by("e2"), true)],
])("%s is spelled out as %s", (label, sentence, tree) => {
  expect(countLabel(tree, typeOf)).toBe(label);
  expect(told(tree)).toBe(sentence);
});

test("two elements of one name are told apart", () => {
  const twins = (id: string) => ({ ...elementOf(id), name: id === "e3" ? "SRV-07" : "NAS", detail: `of ${id}` });
  const tree = withElements(NOTHING, [...by("e1"), ...by("e4"), ...by("e3")], true);
  expect(sentenceOf(spelledOut(tree, types, twins))).toBe("Server: SRV-07; NAS: NAS (of e1), NAS (of e4)");
});

test("long lists are shortened and say by how much", () => {
  expect(told(withElements(NOTHING, elements, true), 1)).toBe(
    "Server: SRV-07, and 1 more; NAS: NAS-01, and 1 more; Without a type: X-1, and 1 more",
  );
});

const uuid = fc.uuid();
const right = fc.constantFrom(...allRights());
const mark = fc.record({
  right: right.filter(isAggregate),
  place: fc.oneof(fc.constant({}), fc.record({ type: fc.constantFrom("a", "") }), fc.record({ elementId: uuid })),
  included: fc.boolean(),
});
const draft = fc
  .record({ name: fc.stringMatching(/^\w{1,20}$/), rights: fc.uniqueArray(right), marks: fc.array(mark) })
  .map(({ name, rights, marks }): RoleDraft => {
    const own = marks.filter((one) => rights.includes(one.right));
    const flat = own.map(({ place, ...one }): DraftMark => ({ type: null, elementId: null, ...place, ...one }));
    return { name, description: "", rights, marks: flat };
  });

test("a draft travels in a form and arrives as it was sent", async () => {
  await fc.assert(
    fc.asyncProperty(draft, async (sent) => {
      const arrived = draftSchema.parse(await unpacked({ draft: packed(sent), id: "kept" }));
      expect(sameDraft(arrived, sent)).toBe(true);
      expect(draftTrees(arrived)).toEqual(draftTrees(sent));
      expect(draftSchema.parse(arrived)).toEqual(arrived);
    }),
    { numRuns: 50 },
  );
});

test("100,000 marks fit into what an action takes", () => {
  const ids = Array.from({ length: 100_000 }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, "0")}`);
  const marks = ids.map((elementId) => ({ right: "resources.view", type: null, elementId, included: true }) as const);
  expect(packed({ ...empty, rights: ["resources.view"], marks }).size).toBeLessThan(4.5 * 1024 * 1024);
});

const empty: RoleDraft = { name: "R", description: "", rights: [], marks: [] };
const root = (one: AggregateRight): DraftMark => ({ right: one, type: null, elementId: null, included: true });

test.each<[string, object]>([
  ["no name", { ...empty, name: " " }],
  ["a long name", { ...empty, name: "x".repeat(61) }],
  ["a name of two lines", { ...empty, name: "a\nb" }],
  ["a long description", { ...empty, description: "x".repeat(501) }],
  ["an unknown right", { ...empty, rights: ["everything.manage"] }],
  ["marks of a right that is not checked", { ...empty, marks: [root("resources.view")] }],
  [
    "marks of a right without elements",
    { ...empty, rights: ["audit.view"], marks: [{ ...root("reports.view"), right: "audit.view" }] },
  ],
  [
    "an element that is no id",
    { ...empty, rights: ["resources.view"], marks: [{ ...root("resources.view"), elementId: "1" }] },
  ],
  [
    "a mark in two places",
    {
      ...empty,
      rights: ["resources.view"],
      marks: [{ ...root("resources.view"), type: "a", elementId: "01920000-0000-7000-8000-000000000000" }],
    },
  ],
  ["a text instead of rights", { ...empty, rights: "users.manage" }],
  ["nothing", {}],
])("%s is no draft", (_what, value) => {
  expect(draftSchema.safeParse(value).success).toBe(false);
});

test("drafts differ in a name, a right or a mark, and in nothing else", () => {
  const one: RoleDraft = { ...empty, rights: ["resources.view", "audit.view"], marks: [root("resources.view")] };
  expect(sameDraft(one, { ...one, rights: one.rights.toReversed(), name: " R " })).toBe(true);
  expect(sameDraft(one, { ...one, name: "S" })).toBe(false);
  expect(sameDraft(one, { ...one, description: "x" })).toBe(false);
  expect(sameDraft(one, { ...one, rights: ["resources.view"] })).toBe(false);
  expect(sameDraft(one, { ...one, marks: [] })).toBe(false);
  expect(
    sameDraft(one, { ...one, marks: [...one.marks, { ...root("resources.view"), type: "nas", included: false }] }),
  ).toBe(false);
});

test("two versions of a role are compared line by line", () => {
  const spell = (_right: AggregateRight, tree: Tree) => told(tree);
  const mine = linesOf(
    { ...empty, rights: ["dashboard.view", "resources.view"], marks: [root("resources.view")] },
    spell,
  );
  const theirs = linesOf({ ...empty, rights: ["resources.view"] }, spell);
  expect(mine.map(({ text }) => text)).toEqual([
    "Name: R",
    "Description: none",
    "View the dashboard",
    "View resources (all)",
  ]);
  expect(differing(mine, theirs).map(({ key }) => key)).toEqual(["dashboard.view", "resources.view"]);
  expect(differing(theirs, mine).map(({ text }) => text)).toEqual(["View resources (none)"]);
  expect(differing(mine, mine)).toEqual([]);
});

const whole = (rights: Right[]) => ({ rights, marks: rights.filter(isAggregate).map(root) });

test("the built-in roles fit together", () => {
  for (const role of ["admin", "operator", "reporter", "viewer"] as const)
    expect(hintsOf(whole(defaultRights(role)))).toEqual([]);
});

test.each<[Right[], string]>([
  [["resources.view"], "Jobs are seen only together with their customer: also check View customers."],
  [["reports.view"], "Figures in reports would be empty: also check View resources, or Count everything in reports."],
  [["runs.review"], "Review runs is of no use without View run checks: check that too."],
  [["jobs.manage"], "Manage jobs is of no use without View resources: check that too."],
  [["inbox.process"], "Process the inbox is of no use without View the inbox: check that too."],
])("%j: %s", (rights, sentence) => {
  expect(hintsOf(whole(rights))).toEqual([sentence]);
});

test("rights that know no limits are pointed out beside rights that have one", () => {
  const rights: Right[] = ["customers.view", "resources.view", "audit.view", "users.manage"];
  const limited = withElements(EVERYTHING, [{ id: "01920000-0000-7000-8000-000000000000", type: "a" }], false);
  const trees = { "customers.view": EVERYTHING, "resources.view": limited };
  expect(hintsOf({ rights, marks: draftMarks(trees) })).toEqual([
    "View the audit log and Manage users speak of the whole account, whatever is chosen for View resources.",
  ]);
  expect(hintsOf({ rights: rights.slice(0, 3), marks: draftMarks(trees) })).toEqual([
    "View the audit log speaks of the whole account, whatever is chosen for View resources.",
  ]);
  expect(hintsOf(whole(rights))).toEqual([]);
});

test("an aggregate right with nothing chosen is pointed out", () => {
  expect(hintsOf({ rights: ["customers.view"], marks: [] })).toEqual([
    "View customers is checked, but no customers are chosen: nothing is seen.",
  ]);
  expect(treeOf([])).toEqual(NOTHING);
});
