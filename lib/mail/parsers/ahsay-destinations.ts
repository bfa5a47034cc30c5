import type { RunStatus } from "../../statuses";
import { normaliseLabel } from "../parse/normalise-label";
import { decimalOf, readSize } from "../parse/numbers";
import type { FoundObject } from "../parse/runs";
import { classify } from "../parse/statuses";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";

const labels: Record<string, "name" | "status" | "size"> = {
  destination: "name",
  destinazione: "name",
  "job status": "status",
  "stato del processo": "status",
  "stato processo": "status",
  "data size": "size",
  "dimensione dati": "size",
};
const longestLabel = 40;
const destinationsAtMost = 100;

type Destination = { name: string; from: string; status?: string; size?: string };

/** Where a backup set was saved to: one mail may report on several destinations, each with a status of its own. */
export function destinationsOf(view: MailView): FoundObject[] {
  const decimal = decimalOf(view.htmlText || view.text);
  return blocksOf(view)
    .filter(({ name }) => name !== "")
    .slice(0, destinationsAtMost)
    .map(({ name, status = "", size = "", from }) => ({
      name: name.slice(0, 255),
      status: wordOf(status),
      message: messageOf(status, wordOf(status)),
      sizeBytes: readSize(size, decimal),
      durationSeconds: null,
      from,
    }));
}

const messageOf = (text: string, status: RunStatus): string | null => (status === "success" ? null : text || null);

// A block begins with its destination; what follows belongs to it until the next.
function blocksOf(view: MailView): Destination[] {
  const blocks: Destination[] = [];
  for (const [label, value] of pairsOf(view)) {
    const field = wordIn(labels, label);
    if (field === "name") blocks.push({ name: value, from: `${label} ${value}` });
    const last = blocks.at(-1);
    if (!last || (field !== "status" && field !== "size")) continue;
    last[field] ??= value;
    if (field === "status") last.from = `${label} ${value}`;
  }
  return blocks;
}

/** Every label with its value: neighbouring cells, or the two sides of a colon. */
function pairsOf(view: MailView): [string, string][] {
  const cells = view.rows.flatMap((row) => row.map((cell, i): [string, string] => [cell, row[i + 1] ?? ""]));
  const lines = view.text.split("\n").map((line): [string, string] => {
    const colon = line.indexOf(":");
    // A forward as plain text sets cells apart by spaces.
    const [label = "", value] = line.replace(/^>\s?/, "").split(/\t|\s{2,}/);
    return value ? [label, value] : [line.slice(0, Math.max(colon, 0)), line.slice(colon + 1)];
  });
  const found = cells.some(([cell]) => wordIn(labels, normaliseLabel(cell.slice(0, longestLabel)))) ? cells : lines;
  return found
    .filter(([label]) => label !== "" && label.length <= longestLabel)
    .map(([label, value]): [string, string] => [normaliseLabel(label), value.trim()]);
}

/** What a status says: "OK (no files backed up)" is a success; what no longer fits into the quota was not saved. */
export function wordOf(status: string): RunStatus {
  if (/quota.{0,40}(?:exceed|superat)/i.test(status)) return "failed";
  // "OK (no files backed up)" is what it says of a backup that found nothing new.
  const said = classify(status.replace(/\((?:no files backed up|nessun file sottoposto a backup)\)/i, "")).status;
  if (said === "success" && /\bnot backed up\b|\bnon sottopost/i.test(status)) return "warning";
  // "Completed" may be the beginning of "Completed with error(s)".
  return said === "success" && !/^\s*OK\b|\bsuccess/i.test(status) ? "unknown" : said;
}
