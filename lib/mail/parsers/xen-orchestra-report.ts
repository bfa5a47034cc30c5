import type { RunStatus } from "../../statuses";
import { readInstant } from "../parse/dates";
import { said } from "../parse/findings";
import { limits } from "../parse/limits";
import { readSize } from "../parse/numbers";
import type { FoundObject } from "../parse/runs";
import type { Said } from "../parse/said";
import { wordIn } from "../parse/word-in";

const statuses: Record<string, RunStatus> = {
  success: "success",
  successes: "success",
  failure: "failed",
  failures: "failed",
  interrupted: "failed",
  skipped: "warning",
};
const section = /^[\s#]{0,10}(\d{1,6}) (failures?|skipped|interrupted|success(?:es)?)\b/i;

/** The status that a word of Xen Orchestra stands for; "unknown" for a word that it does not have. */
export function statusOf(word: string): RunStatus {
  return wordIn(statuses, word.toLowerCase()) ?? "unknown";
}

/** The lines above the first section of machines. */
export function headOf(text: string): string[] {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => section.test(line));
  return lines.slice(0, end < 0 ? 60 : Math.min(end, 60));
}

/** The value of a list item "- **Label**: value" or "Label: value"; null when there is none. */
export function itemOf(lines: readonly string[], label: string): Said<string> | null {
  for (const line of lines) {
    const item = /^[\s*-]{0,10}([\p{L} ]{1,30}?)\s?\**\s?:\**\s?(.{1,500})$/u.exec(line);
    if (item?.[1]?.toLowerCase() === label) return said(item[2]?.trim(), [line.replace(/^[\s*-]+/, ""), item[2] ?? ""]);
  }
  return null;
}

/** The machines of the report, each with the status of its section. */
export function vmsOf(text: string): FoundObject[] {
  const lines = text.split("\n");
  const found: FoundObject[] = [];
  let status: RunStatus = "unknown";
  for (let at = 0; at < lines.length && found.length < limits.objects; at++) {
    const line = lines[at] ?? "";
    const opened = section.exec(line)?.[2];
    if (opened) status = statusOf(opened);
    else if (/^[\s*-]{0,10}UUID\**\s?:/i.test(line)) found.push(vm(lines, at, status));
  }
  return found;
}

function vm(lines: string[], at: number, status: RunStatus): FoundObject {
  const own = ownLines(lines, at);
  const name = nameAbove(lines, at);
  const start = readInstant(itemOf(own, "start time")?.value ?? "");
  const end = readInstant(itemOf(own, "end time")?.value ?? "");
  const error = itemOf(own, "error") ?? itemOf(own, "reason");
  return {
    name,
    status,
    message: status === "success" ? null : (error?.value ?? null),
    sizeBytes: readSize(itemOf(own, "size")?.value ?? "", "."),
    durationSeconds: start === null || end === null ? null : Math.round((end - start) / 1000),
    from: error ? [error.value, name] : name,
  };
}

function ownLines(lines: string[], at: number): string[] {
  const rest = lines.slice(at + 1, at + 80);
  const end = rest.findIndex((line) => section.test(line) || /^[\s*-]{0,10}UUID\**\s?:/i.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

// Markdown marks the name with "###"; in HTML it is the line above. A description may stand between.
function nameAbove(lines: string[], at: number): string {
  const above = lines.slice(Math.max(0, at - 6), at).filter((line) => line.trim() !== "");
  const marked = above.findLast((line) => /^\s*###\s/.test(line));
  return (marked ?? above.at(-1) ?? "").replace(/^[\s#]+/, "").trim();
}
