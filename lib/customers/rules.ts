import { fieldErrors } from "../form";
import { customerSchema, IMPORT_LINES } from "./schema";

/** One line of a file of customers: its number, and its cells by lower-case column head. */
export type FileLine = { line: number; cells: Record<string, string> };
export type StoredCustomer = { id: string; name: string; reference: string; group: string; notes: string };
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

/** What the database knows of the lines of a file, each by its position in it. */
export type Known = {
  /** The customer of the same name without regard to case. */
  storedAt: ReadonlyMap<number, StoredCustomer>;
  /** Where the name belongs to a customer at all. */
  takenAt: ReadonlySet<number>;
  /** Where the role would cover the customer as the line has it. */
  coveredAt: ReadonlySet<number>;
};

/** Whoever adds a customer that they could not see afterwards is told this, and not whether its name is taken. */
export const CHOSEN_CUSTOMERS = "Your role covers chosen customers only; a new one would not be among them.";
export const OUT_OF_SIGHT = "In this group your role would not cover this customer any more.";

/** @returns why nothing of this file can be taken, or null. */
export function fileProblem(lines: readonly FileLine[]): string | null {
  if (lines.length === 0) return "The file has no lines below its head.";
  if (lines.length > IMPORT_LINES)
    return `The file has ${lines.length} lines; at most ${IMPORT_LINES} are taken at once.`;
  if (lines[0]?.cells.name === undefined)
    return 'The first line must name the columns: "name", and if you like "reference", "group" and "notes".';
  return null;
}

/**
 * Says line by line what an import would do. A column that the file does not have is left alone; an empty cell empties.
 */
export function planImport(lines: readonly FileLine[], known: Known): ImportPlan {
  const plan: ImportPlan = { lines: [], added: [], changed: [] };
  const firstLineOf = new Map<string, number>();
  lines.forEach((line, at) => {
    plan.lines.push(planLine(line, at, known, firstLineOf, plan));
  });
  return plan;
}

function planLine(
  { line, cells }: FileLine,
  at: number,
  { storedAt, takenAt, coveredAt }: Known,
  firstLineOf: Map<string, number>,
  plan: ImportPlan,
): PlannedLine {
  const stored = storedAt.get(at);
  const [reference, group, notes] = [cell(cells.reference), groupIn(cells), cell(cells.notes)];
  const told = { name: cell(cells.name), reference, group, notes };
  const parsed = customerSchema.safeParse(told);
  const wrong = (detail: string): PlannedLine => ({ line, name: told.name?.trim() ?? "", result: "error", detail });
  if (SURPLUS in cells) return wrong("It has more cells than the first line: put a text with commas in quotes.");
  if (!parsed.success) return wrong(inWords(fieldErrors(parsed.error)));
  const { name } = parsed.data;
  const earlier = firstLineOf.get(name.toLowerCase());
  if (earlier !== undefined) return wrong(`The same name stands on line ${earlier}.`);
  firstLineOf.set(name.toLowerCase(), line);
  if (!coveredAt.has(at)) return wrong(stored ? OUT_OF_SIGHT : CHOSEN_CUSTOMERS);
  if (!stored && takenAt.has(at)) return wrong("A customer of this name exists.");
  if (!stored) {
    plan.added.push(parsed.data);
    return { line, name, result: "new", detail: "" };
  }
  const after = {
    ...stored,
    reference: reference === undefined ? stored.reference : parsed.data.reference,
    group: group === undefined || isSame(group, stored.group) ? stored.group : parsed.data.group,
    notes: notes === undefined ? stored.notes : parsed.data.notes,
  };
  const changes = differences(stored, after);
  if (changes.length === 0) return { line, name, result: "unchanged", detail: "" };
  plan.changed.push({ before: stored, after });
  return { line, name, result: "changed", detail: changes.join("; ") };
}

/** @returns the name that a line speaks of. */
export const nameIn = (cells: FileLine["cells"]): string => (cell(cells.name) ?? "").trim();

/** @returns the group that a line speaks of; undefined when the file has no such column. */
export const groupIn = (cells: FileLine["cells"]): string | undefined => cell(cells.group)?.trim();

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

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
  return (["reference", "group", "notes"] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => `${field}: ${quoted(before[field])} becomes ${quoted(after[field])}`);
}

const quoted = (text: string): string =>
  text === "" ? "nothing" : `"${text.length > 60 ? `${text.slice(0, 60)}...` : text}"`;
