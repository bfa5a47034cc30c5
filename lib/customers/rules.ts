import { fieldErrors } from "../form";
import { customerSchema, IMPORT_LINES } from "./schema";

/** One line of a file of customers: its number, and its cells by lower-case column head. */
export type FileLine = { line: number; cells: Record<string, string> };
export type StoredCustomer = { id: string; name: string; reference: string; notes: string };
export type PlannedLine = {
  line: number;
  name: string;
  result: "new" | "changed" | "unchanged" | "error";
  /** In words: what would change, or what is wrong. */
  detail: string;
};
export type ImportPlan = {
  lines: PlannedLine[];
  added: Omit<StoredCustomer, "id">[];
  changed: { before: StoredCustomer; after: StoredCustomer }[];
};

/** @returns why nothing of this file can be taken, or null. */
export function fileProblem(lines: readonly FileLine[]): string | null {
  if (lines.length === 0) return "The file has no lines below its head.";
  if (lines.length > IMPORT_LINES)
    return `The file has ${lines.length} lines; at most ${IMPORT_LINES} are taken at once.`;
  if (lines[0]?.cells.name === undefined)
    return 'The first line must name the columns: "name", and if you like "reference" and "notes".';
  return null;
}

/**
 * Says line by line what an import would do. A column that the file does not have is left alone; an empty cell empties.
 * @param storedAt the customer of the same name without regard to case, by the position of the line.
 */
export function planImport(lines: readonly FileLine[], storedAt: ReadonlyMap<number, StoredCustomer>): ImportPlan {
  const plan: ImportPlan = { lines: [], added: [], changed: [] };
  const firstLineOf = new Map<string, number>();
  lines.forEach((line, at) => {
    plan.lines.push(planLine(line, storedAt.get(at), firstLineOf, plan));
  });
  return plan;
}

function planLine(
  { line, cells }: FileLine,
  stored: StoredCustomer | undefined,
  firstLineOf: Map<string, number>,
  plan: ImportPlan,
): PlannedLine {
  const told = { name: cell(cells.name), reference: cell(cells.reference), notes: cell(cells.notes) };
  const parsed = customerSchema.safeParse({ ...told, reference: told.reference ?? "", notes: told.notes ?? "" });
  const wrong = (detail: string): PlannedLine => ({ line, name: told.name?.trim() ?? "", result: "error", detail });
  if (SURPLUS in cells) return wrong("It has more cells than the first line: put a text with commas in quotes.");
  if (!parsed.success) return wrong(inWords(fieldErrors(parsed.error)));
  const { name, reference, notes } = parsed.data;
  const earlier = firstLineOf.get(name.toLowerCase());
  if (earlier !== undefined) return wrong(`The same name stands on line ${earlier}.`);
  firstLineOf.set(name.toLowerCase(), line);
  if (!stored) {
    plan.added.push(parsed.data);
    return { line, name, result: "new", detail: "" };
  }
  const after = {
    ...stored,
    reference: told.reference === undefined ? stored.reference : reference,
    notes: told.notes === undefined ? stored.notes : notes,
  };
  const changes = differences(stored, after);
  if (changes.length === 0) return { line, name, result: "unchanged", detail: "" };
  plan.changed.push({ before: stored, after });
  return { line, name, result: "changed", detail: changes.join("; ") };
}

/** @returns the name that a line speaks of. */
export const nameIn = (cells: FileLine["cells"]): string => (cell(cells.name) ?? "").trim();

/** Where the CSV reader puts what stands behind the last column. */
const SURPLUS = "__parsed_extra";

/** Our own export puts an apostrophe before what a spreadsheet would take for a formula: taken off again. */
const cell = (text: string | undefined): string | undefined =>
  text?.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, "");

const inWords = (errors: Record<string, string>): string =>
  Object.entries(errors)
    .map(([field, message]) => (field === "name" ? message : `${field}: ${message}`))
    .join(" ");

function differences(before: StoredCustomer, after: StoredCustomer): string[] {
  return (["reference", "notes"] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => `${field}: ${quoted(before[field])} becomes ${quoted(after[field])}`);
}

const quoted = (text: string): string =>
  text === "" ? "nothing" : `"${text.length > 60 ? `${text.slice(0, 60)}...` : text}"`;
