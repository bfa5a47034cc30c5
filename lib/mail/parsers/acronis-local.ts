import type { RunStatus } from "../../statuses";
import { jobNameOf } from "../parse/job-names";
import { isWorkstationName } from "../parse/resources";
import { type Found, toRun } from "../parse/runs";
import type { Said } from "../parse/said";
import { classify } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";

const verdict = /^(.{0,200}?)\bhas (succeeded|failed)\.$/i;
const quoted = /["'“„«](.{1,150}?)["'”“»]\s*(?:on\b.{0,100})?$/;

/** Whether it is a log of Acronis Backup or True Image: it names the product, and its last line says how it ended. */
export function isLocalReport(view: MailView): boolean {
  const named = /\bacronis\b|\btrue image\b/i;
  const start = `${view.subject}\n${view.fromName}\n${view.text.slice(0, 5000)}`;
  return named.test(start) && verdict.test(lastLine(view.text));
}

/** The run that such a log tells of. Its subject is whatever somebody chose, and it names neither machine nor times in a fixed place. */
export function readLocal(view: MailView): ParsedRun {
  const last = lastLine(view.text);
  const [, subject = "", word = ""] = verdict.exec(last) ?? [];
  const status = statusOf(word, last, view.text);
  const name = quoted.exec(subject.trim())?.[1];
  const host = /\bon (?:machine|computer)\s+["'“]?([\w.-]{1,63})/i.exec(subject)?.[1] ?? null;
  return toRun(
    {
      software: "Acronis Backup",
      jobName: name ? { value: name, from: last } : { value: jobNameOf(view.subject), from: view.subject },
      host,
      jobType: "backup",
      resourceType: host && isWorkstationName(host) ? "Workstation" : "Server",
      status,
      message: status.value === "success" ? null : messageOf(view.text, status),
    },
    view,
  );
}

/** The last line decides; an earlier failure or an error code leaves no more than a warning of a success. */
function statusOf(word: string, last: string, text: string): Said<RunStatus> {
  if (word.toLowerCase() !== "succeeded") return { value: "failed", from: last };
  if (classify(last).status !== "success") return { value: "unknown", from: last };
  const trouble = /^.{0,200}\bhas failed\.\s*$|^[\s>]{0,8}Error code:.{0,200}$/im
    .exec(text.slice(0, 200_000))?.[0]
    .trim();
  return trouble ? { value: "warning", from: trouble } : { value: "success", from: last };
}

function lastLine(text: string): string {
  return text.slice(-2000).trimEnd().split("\n").at(-1)?.replace(/^>\s?/, "").trim() ?? "";
}

function messageOf(text: string, status: Said<RunStatus>): Found["message"] {
  const said = /^[\s>]{0,8}Message:\s*(\S[^\n]{0,299})/im.exec(text)?.[1];
  const code = /^[\s>]{0,8}Error code:[^\n]{0,100}/im.exec(text)?.[0]?.trim();
  return said ?? code ?? { value: "Acronis names no reason.", from: status.from };
}
