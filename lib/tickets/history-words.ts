/** What the audit log says about a ticket, in words. Pure: for both sides. */

type Entry = { action: string; before: unknown; after: unknown };

/** @returns "Created", "Changed: Title, Assignee (oto)", "Resolved: disk replaced", "Now also about Acme". */
export function historyWords({ action, before, after }: Entry): string {
  const verb = action.split(".")[1] ?? "";
  if (verb === "update") return `Changed${listed(changes(before, after))}`;
  if (verb === "resolve") return `Closed${listed(texts([textIn(after, "note")]))}`;
  if (verb === "add_scope") return `Now also about ${texts(after).join(", ")}`;
  if (verb === "remove_scope") return `No longer about ${texts(before).join(", ")}`;
  return verb === "reopen" ? "Reopened" : "Created";
}

const listed = (words: readonly string[]): string => (words.length > 0 ? `: ${words.join(", ")}` : "");

/** Short values are told with their label; of texts only that they changed. */
function changes(before: unknown, after: unknown): string[] {
  const labels = Object.keys(Object(after)).filter((label) => textIn(before, label) !== textIn(after, label));
  return labels.map((label) => (label === "Text" ? label : `${label} (${textIn(after, label) || "none"})`));
}

const textIn = (facts: unknown, label: string): string => {
  const value = (Object(facts) as Record<string, unknown>)[label];
  return typeof value === "string" ? value : "";
};

const texts = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => typeof one === "string" && one !== "") : [];
