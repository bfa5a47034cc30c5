import fc from "fast-check";
import { expect, test } from "vitest";
import { actingRoles, beyond, isAdmin, rightsOf } from "@/lib/access/policy";
import { allRights, type Right } from "@/lib/access/registry";
import { exceeds, type RoleRights, unionOf } from "@/lib/users/rules";

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

test("what exceeds somebody is exactly what they lack", () => {
  fc.assert(
    fc.property(rightSet, rightSet, (actor, given) => {
      const lacking = beyond(actor, given);
      expect(lacking).toEqual([...given].filter((one) => !actor.has(one)));
      expect(beyond(new Set([...actor, ...lacking]), given)).toEqual([]);
    }),
  );
});

test("roles may be given if and only if all of their rights together are held; their order means nothing", () => {
  fc.assert(
    fc.property(rightSet, assigned, (actor, roles: RoleRights[]) => {
      const isCovered = [...unionOf(roles)].every((one) => actor.has(one));
      expect(exceeds(actor, roles) === null).toBe(isCovered);
      expect(exceeds(actor, roles.toReversed()) === null).toBe(isCovered);
      expect(exceeds(unionOf(roles), roles)).toBeNull();
    }),
  );
});
