import { isWhole, NOTHING } from "../access/marks";
import { aggregates, type Right, rights } from "../access/registry";
import { type DraftTrees, draftTrees, type RoleDraft } from "./draft";
import { rootExtent } from "./marking";

/** They speak of the whole account, whatever a role covers. */
const wholeAccount = ["audit.view", "inbox.view", "deleted_mails.manage", "users.manage", "settings.manage"] as const;

/** Without the second the first opens nothing, or shows nothing. Beside them: whatever has a `.view` of its own noun. */
const needs: Partial<Record<Right, Right>> = { "jobs.manage": "resources.view", "runs.view": "resources.view" };

/** @returns a sentence for each thing in the role that does not fit together; none when it does. */
export function hintsOf(draft: Pick<RoleDraft, "rights" | "marks">): string[] {
  const trees = draftTrees(draft);
  const has = (right: Right) => draft.rights.includes(right);
  const hints: string[] = [];
  if (has("resources.view") && !has("customers.view"))
    hints.push("Jobs are seen only together with their customer: also check View customers.");
  if (has("reports.view") && !has("resources.view") && !has("reports.figures"))
    hints.push("Figures in reports would be empty: also check View resources, or Count everything in reports.");
  return [...hints, ...lonely(has), ...emptyHanded(trees), ...unlimited(draft.rights, trees)];
}

function lonely(has: (right: Right) => boolean): string[] {
  return rights.flatMap(({ right, label }) => {
    const noun = right.split(".")[0];
    const needed = rights.find((one) => one.right === (needs[right] ?? `${noun}.view`));
    if (!needed || !has(right) || has(needed.right)) return [];
    return [`${label} is of no use without ${needed.label}: check that too.`];
  });
}

const emptyHanded = (trees: DraftTrees): string[] =>
  aggregates
    .filter(({ right }) => trees[right] && rootExtent(trees[right]) === "none")
    .map(({ label, aggregate }) => `${label} is checked, but no ${aggregate.elements} are chosen: nothing is seen.`);

function unlimited(held: readonly Right[], trees: DraftTrees): string[] {
  const limited = aggregates.filter(({ right }) => !isWhole(trees[right] ?? NOTHING) && trees[right]);
  const wide = rights.filter(({ right }) => held.includes(right) && wholeAccount.some((one) => one === right));
  if (limited.length === 0 || wide.length === 0) return [];
  const verb = wide.length === 1 ? "speaks" : "speak";
  return [`${listed(wide)} ${verb} of the whole account, whatever is chosen for ${listed(limited)}.`];
}

const listed = (entries: readonly { label: string }[]): string =>
  new Intl.ListFormat("en").format(entries.map(({ label }) => label));
