import {
  type BuiltInRole,
  builtInRoles,
  defaultRights,
  type Gate,
  pages,
  type Right,
  rights,
} from "../access/registry";
import type { GeneratedTable } from "./types";

/** Tables of the manual that are made from the registry, so that they are never out of date. Pure. */

export type RightRow = {
  right: Right;
  area: string;
  label: string;
  description: string;
  /** What the right may be limited to: "customers"; null when it is held or not. */
  elements: string | null;
  /** Which of the built-in roles start with it. */
  roles: ReadonlySet<BuiltInRole>;
};

/** @returns one row for each right, in the registry's order. */
export function rightRows(): RightRow[] {
  const starting = builtInRoles.map(({ key }) => [key, new Set(defaultRights(key))] as const);
  return rights.map((entry) => ({
    right: entry.right,
    area: entry.area,
    label: entry.label,
    description: entry.description,
    elements: "aggregate" in entry ? entry.aggregate.elements : null,
    roles: new Set(starting.flatMap(([key, held]) => (held.has(entry.right) ? key : []))),
  }));
}

export type PageRow = { path: string; title: string; needs: string };

/** @returns one row for each page that has an address of its own, in the registry's order. */
export function pageRows(): PageRow[] {
  return pages
    .filter(({ path, gate }) => !path.includes("[") && gate !== "public")
    .map(({ path, title, gate }) => ({ path, title, needs: needsOf(gate) }));
}

const needsOf = (gate: Gate): string => rights.find(({ right }) => right === gate)?.label ?? "Any role";

/** @returns what the search of the manual finds of a table. */
export function generatedText(name: GeneratedTable): string {
  if (name === "pages-table")
    return pageRows()
      .map((row) => `${row.title} ${row.path} ${row.needs}.`)
      .join(" ");
  return rightRows()
    .map((row) => `${row.label}: ${row.description}`)
    .join(" ");
}
