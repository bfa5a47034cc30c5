import fc from "fast-check";
import { expect, test } from "vitest";
import {
  covers,
  EVERYTHING,
  isWhole,
  isWithin,
  type Mark,
  marksOf,
  NOTHING,
  type Tree,
  treeOf,
} from "@/lib/access/marks";
import { actingRoles, beyond, type Holding, isAdmin, rightsOf } from "@/lib/access/policy";
import { aggregates, allRights, type Right } from "@/lib/access/registry";

const right = fc.constantFrom(...allRights());
const rightSet = fc.uniqueArray(right).map((rights) => new Set<Right>(rights));
const role = fc.record({ id: fc.uuid(), name: fc.string(), rights: rightSet, isAdmin: fc.boolean() });
const assigned = fc.uniqueArray(role, { selector: ({ id }) => id, maxLength: 6 });
const stored = fc.record({
  builtIn: fc.constantFrom("admin", "operator", "viewer", null, "Admin"),
  rights: fc.array(fc.oneof(right, fc.string())),
});

test("a role holds what is stored and still exists; Admin holds everything, whatever is stored", () => {
  fc.assert(
    fc.property(stored, (row) => {
      const held = rightsOf(row);
      for (const one of allRights()) expect(held.has(one)).toBe(isAdmin(row) || row.rights.includes(one));
      expect(held.size).toBeLessThanOrEqual(allRights().length);
    }),
  );
});

test("the order in which rights are stored means nothing, and taking one away never allows more", () => {
  fc.assert(
    fc.property(stored, fc.nat(), (row, at) => {
      expect(rightsOf({ ...row, rights: row.rights.toReversed() })).toEqual(rightsOf(row));
      const fewer = rightsOf({ ...row, rights: row.rights.filter((_, i) => i !== at % (row.rights.length || 1)) });
      expect([...fewer].every((one) => rightsOf(row).has(one))).toBe(true);
    }),
  );
});

test("a session acts in what it chose and still has, else in the first that remains, else in nothing", () => {
  fc.assert(
    fc.property(assigned, fc.array(fc.nat(7)), fc.array(fc.uuid()), (roles, picks, strangers) => {
      const chosen = [...picks.flatMap((i) => roles[i]?.id ?? []), ...strangers];
      const acting = actingRoles(roles, chosen);
      expect(acting.every((one) => roles.includes(one))).toBe(true);
      const kept = roles.filter(({ id }) => chosen.includes(id));
      expect(acting).toEqual(kept.length > 0 ? kept : roles.slice(0, 1));
      expect(acting.length === 0).toBe(roles.length === 0);
    }),
  );
});

const mark = fc.record({
  place: fc.oneof(fc.constant("root"), fc.constantFrom("type 1", "type 2", ""), fc.constantFrom("a", "b", "c", "d")),
  included: fc.boolean(),
});
const tree = fc.uniqueArray(mark, { selector: ({ place }) => place }).map((marks): Tree => {
  const kept = marks.map(({ place, included }): Mark => {
    if (place === "root") return { type: null, elementId: null, included };
    return place.length === 1 ? { type: null, elementId: place, included } : { type: place, elementId: null, included };
  });
  return treeOf(kept);
});
const types: Record<string, string> = { a: "type 1", b: "type 1", c: "type 2", d: "" };
const typeOf = (id: string) => types[id];
/** Every kind of element there can be: marked ones, and those that come later, of each type and of a new one. */
const elements = [
  ...Object.entries(types).map(([id, type]) => ({ id, type })),
  ...["type 1", "type 2", "", "type 9"].map((type) => ({ id: `later ${type}`, type })),
];

test("a tree lies within others exactly when each element it covers, now or later, is covered by one of them", () => {
  fc.assert(
    fc.property(tree, fc.array(tree, { maxLength: 3 }), (given, holders) => {
      const all = elements.every((one) => !covers(given, one) || holders.some((holder) => covers(holder, one)));
      expect(isWithin(given, holders, typeOf)).toBe(all);
      expect(isWithin(given, holders.toReversed(), typeOf)).toBe(all);
      expect(isWithin(given, [given], typeOf)).toBe(true);
      expect(isWithin(treeOf(marksOf(given)), [given], typeOf)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

const holding = fc
  .record({ rights: rightSet, tree })
  .map(({ rights, tree }): Holding => ({ rights, everything: false, trees: { "resources.view": tree } }));

test("what is beyond somebody is exactly what they lack, or hold for less", () => {
  fc.assert(
    fc.property(fc.array(holding, { maxLength: 3 }), holding, (held, given) => {
      const lacking = beyond(held, given, typeOf);
      for (const one of allRights()) {
        const holders = held.filter(({ rights }) => rights.has(one));
        const trees = holders.map(({ trees }) => trees["resources.view"] ?? NOTHING);
        const less = one === "resources.view" && !isWithin(given.trees["resources.view"] ?? NOTHING, trees, typeOf);
        expect(lacking.includes(one)).toBe(given.rights.has(one) && (holders.length === 0 || less));
      }
      expect(beyond([...held, given], given, typeOf)).toEqual([]);
      expect(beyond([{ rights: new Set(), everything: true, trees: {} }], given, typeOf)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test("nobody but its holders has as much as Admin, which will also hold what comes later", () => {
  const all = {
    rights: new Set(allRights()),
    trees: Object.fromEntries(aggregates.map(({ right }) => [right, EVERYTHING])),
  };
  const admin = { rights: new Set(allRights()), everything: true, trees: {} };
  expect(beyond([{ ...all, everything: false }], admin, typeOf)).toEqual(allRights());
  expect(beyond([{ ...all, everything: false }], { ...all, everything: false }, typeOf)).toEqual([]);
  expect(beyond([admin], admin, typeOf)).toEqual([]);
});

test("an id in capital letters is the same id", () => {
  const id = "0193ab00-0000-7000-8000-0000000000cd";
  const given = treeOf([{ type: null, elementId: id.toUpperCase(), included: true }]);
  expect(covers(given, { id, type: "type 1" })).toBe(true);
  expect(isWithin(given, [NOTHING], (one) => (one === id ? "type 1" : undefined))).toBe(false);
});

const root = (included: boolean): Mark => ({ type: null, elementId: null, included });
const onType = (type: string, included: boolean): Mark => ({ type, elementId: null, included });
const on = (elementId: string, included: boolean): Mark => ({ type: null, elementId, included });
/** Which of a, b (of type 1), c (of type 2), d (without a type) and e (new, of type 1) are covered. */
test.each([
  ["nothing", [], ""],
  ["nothing, expressly", [root(false)], ""],
  ["all", [root(true)], "abcde"],
  ["all except these two", [root(true), on("a", false), on("c", false)], "bde"],
  ["all of a type, also future ones", [onType("type 1", true)], "abe"],
  ["all of a type but one", [onType("type 1", true), on("b", false)], "ae"],
  ["only these two", [on("a", true), on("d", true)], "ad"],
  ["all but a type", [root(true), onType("type 1", false)], "cd"],
  ["all but a type, and one of it", [root(true), onType("type 1", false), on("b", true)], "bcd"],
  ["those without a type", [onType("", true)], "d"],
  ["all but those without a type", [root(true), onType("", false)], "abce"],
])("marks express %s", (_name, marks, covered) => {
  const all = [...Object.entries(types), ["e", "type 1"] as const];
  expect(
    all
      .filter(([id, type]) => covers(treeOf(marks), { id, type }))
      .map(([id]) => id)
      .join(""),
  ).toBe(covered);
  expect(isWhole(treeOf(marks))).toBe(covered === "abcde");
});
