import { statusLabels } from "../statuses";
import type { Match, Pattern, Scope } from "./types";

/** How overrides are told. Pure: for both sides. */

export const scopeLabels: Record<Scope, string> = {
  global: "Everything",
  software: "A software",
  customer: "A customer",
  job: "A job",
  object: "An object of a job",
};

export const matchLabels: Record<Match, string> = {
  any: "Any message",
  contains: "Contains",
  exact: "Is exactly",
  starts: "Starts with",
  ends: "Ends with",
};

/** @param names of the customer and job it is for. @returns "Everything", "Veeam", "Acme", "Acme: Nightly", "Acme: Nightly, VM-1". */
export function aboutWhat(
  { scope, software, objectName }: Pick<Pattern, "scope" | "software" | "objectName">,
  names: { customer: string | null; job: string | null },
): string {
  if (scope === "global") return "Everything";
  if (scope === "software") return software ?? "";
  const job = [names.customer, names.job].filter(Boolean).join(": ");
  return scope === "object" ? `${job}, ${objectName}` : job;
}

/** @returns "Failed, Warning". */
export const resultsOf = ({ statuses }: Pick<Pattern, "statuses">): string =>
  statuses.map((status) => statusLabels[status]).join(", ");

/** @returns 'any message', 'contains "disk full"'. */
export const messageOf = ({ match, matchText }: Pick<Pattern, "match" | "matchText">): string =>
  match === "any" ? "any message" : `${matchLabels[match].toLowerCase()} "${matchText}"`;
