import { z } from "zod";
import { type Mark, marksOf, type Tree, treeOf } from "../access/marks";
import { type AggregateRight, aggregates, allRights, isAggregate, type Right } from "../access/registry";
import { fields } from "../form";

/** Pure: the editor in the browser and the actions speak of a role by this. */

export type DraftMark = Mark & { right: AggregateRight };

/** A role as somebody wants it; nothing of it is stored yet. */
export type RoleDraft = { name: string; description: string; rights: Right[]; marks: DraftMark[] };

export const MARKS_MAXIMUM = 100_000;
/** So many elements of a search are chosen with one click. */
export const MATCHES_MAXIMUM = 20_000;

const markSchema = z
  .object({
    right: z.enum(aggregates.map(({ right }) => right)),
    type: z
      .string()
      .max(200)
      .regex(/^\P{Cc}*$/u)
      .nullable(),
    elementId: z.uuid().nullable(),
    included: z.boolean(),
  })
  .refine(({ type, elementId }) => type === null || elementId === null, "A mark is on a type or on an element.");

/** What a form or a door takes as a draft. @returns it tidied: rights and marks once each, in one order. */
export const draftSchema = z
  .object({
    name: fields.line("a name", 60),
    description: fields.text(500),
    rights: z.array(z.enum(allRights())).max(1_000),
    marks: z.array(markSchema).max(MARKS_MAXIMUM, `Choose at most ${MARKS_MAXIMUM.toLocaleString("en")} elements.`),
  })
  .refine(({ rights, marks }) => marks.every(({ right }) => rights.includes(right)), {
    path: ["marks"],
    message: "Elements were chosen for a right that is not checked.",
  })
  .transform(
    ({ rights, marks, ...texts }): RoleDraft => ({
      ...texts,
      rights: allRights().filter((right) => rights.includes(right)),
      marks: draftMarks(draftTrees({ rights, marks })),
    }),
  );

export type DraftTrees = Partial<Record<AggregateRight, Tree>>;

/** @returns for each checked aggregate right of the draft what it covers. */
export function draftTrees({ rights, marks }: Pick<RoleDraft, "rights" | "marks">): DraftTrees {
  const trees: DraftTrees = {};
  for (const right of rights.filter(isAggregate)) trees[right] = treeOf(marks.filter((mark) => mark.right === right));
  return trees;
}

/** @returns the marks of these trees, in the registry's order of rights. */
export const draftMarks = (trees: DraftTrees): DraftMark[] =>
  aggregates.flatMap(({ right }) => {
    const tree = trees[right];
    return tree ? marksOf(tree).map((mark) => ({ ...mark, right })) : [];
  });
