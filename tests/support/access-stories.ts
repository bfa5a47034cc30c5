import fc from "fast-check";
import { aggregates, allRights, type Right } from "@/lib/access/registry";
import type { DraftMark } from "@/lib/roles/draft";

/** Random stories of people who give and take roles; the rows they speak of have these ids. */
export const idAt = (i: number): string => `0193abcd-00ef-7000-8000-${String(i).padStart(12, "0")}`;

export const acts = [
  ...([
    "createRole",
    "updateRole",
    "duplicateRole",
    "restoreDefaults",
    "deleteRole",
    "saveRoles",
    "assignRole",
  ] as const),
  ...(["removeRole", "assignUntil", "createUser", "deleteUser", "disableUser", "disableUsers", "enableUser"] as const),
  ...(["setPassword", "updateJob", "switchRole", "startPreview", "endPreview"] as const),
];
export type Act = (typeof acts)[number];

/** Ids also in capitals, and rights also twice: what a form says is not what the browser's editor would say. */
const idOf = (from: number, to: number) =>
  fc.tuple(fc.integer({ min: from, max: to }), fc.boolean()).map(([i, up]) => (up ? idAt(i).toUpperCase() : idAt(i)));
const placesOf: Record<string, { types: fc.Arbitrary<string>; elements: fc.Arbitrary<string> }> = {
  "customers.view": { types: fc.oneof(fc.constant(""), idOf(0, 0)), elements: idOf(3, 5) },
  "resources.view": { types: idOf(1, 2), elements: idOf(6, 9) },
  "reports.view": { types: fc.constant("results"), elements: idOf(10, 11) },
};
const marksOn = fc.tuple(
  ...aggregates.map(({ right }) =>
    fc
      .tuple(
        fc.option(fc.boolean(), { nil: undefined }),
        fc.array(fc.tuple(placesOf[right]?.types ?? fc.constant(""), fc.boolean()), { maxLength: 2 }),
        fc.array(fc.tuple(placesOf[right]?.elements ?? fc.constant(""), fc.boolean()), { maxLength: 3 }),
      )
      .map(([root, types, elements]): DraftMark[] => [
        ...(root === undefined ? [] : [{ right, type: null, elementId: null, included: root }]),
        ...types.map(([type, included]) => ({ right, type, elementId: null, included })),
        ...elements.map(([elementId, included]) => ({ right, type: null, elementId, included })),
      ]),
  ),
);
const manages = fc.subarray<Right>(["roles.manage", "users.manage", "jobs.manage"], { minLength: 1 });
const draft = fc
  .record({
    rights: fc.tuple(manages, fc.oneof(fc.constant([]), fc.subarray(allRights()), fc.constant(allRights()))),
    all: marksOn,
    isWhole: fc.boolean(),
  })
  .map(({ rights: [must, more], all, isWhole }) => {
    const rights = [...new Set([...must, ...more])];
    const whole = aggregates.map(({ right }) => ({ right, type: null, elementId: null, included: true }));
    return { rights, marks: (isWhole ? whole : all.flat()).filter(({ right }) => rights.includes(right)) };
  });
const step = fc.record({
  actor: fc.nat(5),
  target: fc.nat(5),
  act: fc.constantFrom(...acts),
  roles: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }),
  draft,
  until: fc.constantFrom("", "2126-01-01T00:00"),
  job: fc.integer({ min: 6, max: 9 }),
  type: fc.integer({ min: 1, max: 2 }),
  timePasses: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
export const story = fc.record({
  own: fc.array(draft, { minLength: 3, maxLength: 3 }),
  people: fc.array(fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 5 }),
  steps: fc.array(step, { minLength: 8, maxLength: 20 }),
});
