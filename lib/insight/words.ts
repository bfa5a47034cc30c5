/** How rights, marks and lists of names are said to people. Pure: for both sides. */
import { type Right, rights } from "../access/registry";

const lists = new Intl.ListFormat("en-GB");

/** @returns "A, B and C". */
export const listed = (names: readonly string[]): string => lists.format(names);

/** @returns 'View resources', for lists of rights. */
export const labelOf = (right: Right): string => rights.find((entry) => entry.right === right)?.label ?? right;

/** @returns 'the right "View resources" (resources.view)', for sentences. */
export const rightInWords = (right: Right): string => `the right "${labelOf(right)}" (${right})`;
