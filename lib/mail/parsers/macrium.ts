import type { RunStatus } from "../../statuses";
import { edgesOf, firstGroup, said, timesOf, worstSaid } from "../parse/findings";
import { readDuration } from "../parse/numbers";
import { isWorkstationName } from "../parse/resources";
import { toRun } from "../parse/runs";
import { labelValue, reading, type Said } from "../parse/said";
import { classify } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { isSiteManager, readSiteManager } from "./macrium-site-manager";
import type { Parser } from "./parser";

const subjectShape =
  /^([^()]{1,200}?)\s*(?:\(([^()]{1,200})\))?\s*macrium reflect\s*-\s*(?:backup\s+)?((?:with |completed )?\p{L}.{0,60})$/iu;
const guardian = /^macrium image guardian - event\b/i;
const face = /^(success|failed|failure|warning)\s*:[()|]/im;
const outcomes: readonly [RegExp, RunStatus][] = [
  [/^(?:completed )?with errors\b|^fail(?:ed|ure)\b|^aborted\b|^cancell?ed\b/i, "failed"],
  [/^(?:completed )?with warnings\b|^warnings?\b/i, "warning"],
  [/^(?:success(?:ful)?|completed successfully)(?: notification)?$/i, "success"],
];
const phrases: readonly [RegExp, RunStatus][] = [
  [/\b(?:backup|clone|image) aborted\b|\bcompleted with errors\b/i, "failed"],
  [/\bcompleted with warnings\b/i, "warning"],
  [/(?<!not )\bcompleted successfully\b/i, "success"],
];
const skipped = /^.{0,200}\bskipped\b.{0,200}$/im;

/**
 * The default mails of Macrium Reflect, the notifications of Site Manager, and the alerts of Image Guardian. Formats from real mails, and
 * from Macrium's help (e-mail defaults, Site Manager 8 configuration). Reflect's status words stay English.
 */
export const macrium: Parser = {
  id: "macrium",
  software: "Macrium Reflect",
  recognisedBy:
    "Subject “COMPUTER Macrium Reflect - Backup …”, “Site Manager Notification Email” or “Macrium Image Guardian - Event”, or its labels.",
  languages: "English",
  basis: { tag: "SAMPLE", from: "real mails" },
  recognises: (view) => guardian.test(view.subject) || isSiteManager(view) || isReflect(view),
  parse: (view) => {
    if (guardian.test(view.subject)) return { alert: blocked(view) };
    return isSiteManager(view) ? readSiteManager(edgesOf(view)) : [parse(edgesOf(view))];
  },
};

function isReflect(view: MailView): boolean {
  if (/cobian/i.test(view.subject)) return false;
  if (subjectShape.test(view.subject)) return true;
  const start = view.text.slice(0, 5000);
  const labels = /^[\s*]*computer name\s*:/im.test(start) && /^[\s*]*backup definition\s*:/im.test(start);
  return labels || (/macrium reflect/i.test(`${view.subject}\n${start}`) && face.test(start));
}

function blocked(view: MailView): string {
  return /^.{0,100}\bblocked\b.{0,300}$/im.exec(view.text)?.[0] ?? view.subject;
}

function parse(view: MailView): ParsedRun {
  const subject = subjectShape.exec(view.subject);
  const computer = labelValue(view, "computer name") ?? said(subject?.[1], view.subject);
  const definition = reading(labelValue(view, "backup definition"), unquoted) ?? said(subject?.[2], view.subject);
  const status = verdictOf(view, subject);
  const duration = reading(labelValue(view, "duration", "elapsed time", "total time"), readDuration);
  return toRun(
    {
      software: macrium.software,
      jobName: definition ?? computer ?? "",
      host: computer,
      jobType: "backup",
      resourceType: isWorkstationName(computer?.value ?? "") ? "Workstation" : "Server",
      status,
      message: status.value === "success" ? null : messageOf(view, status),
      ...timesOf(view, labelValue(view, "start time", "started"), labelValue(view, "end time", "finished")),
      durationSeconds: duration,
    },
    view,
  );
}

// "'Daily image.xml'" or "Daily image": the file of the definition, or its name.
function unquoted(text: string): string | null {
  return text.replace(/^["'‘’“”]+|["'‘’“”]+$/g, "").trim() || null;
}

function verdictOf(view: MailView, subject: RegExpExecArray | null): Said<RunStatus> {
  const worst = worstSaid(
    [
      said(subject && statusOf(subject[3] ?? ""), view.subject),
      reading(firstGroup(view.text, face), statusOf),
      ...phrases.map(([pattern, status]) =>
        said(pattern.test(view.text) ? status : null, pattern.exec(view.text)?.[0] ?? ""),
      ),
    ],
    view.subject,
  );
  // Reflect X may send a planned backup that did not start as a failure.
  const notRun = worst.value === "failed" ? skipped.exec(view.text)?.[0] : undefined;
  if (notRun) return { value: "missed", from: notRun };
  // "Completed successfully" somewhere in the text may speak of an earlier backup.
  const stated = [subject?.[3] ?? "", face.exec(view.text)?.[1] ?? ""].some((words) => statusOf(words) === "success");
  const believed = stated || worst.value !== "success" || classify(view.text).status === "success";
  return believed ? worst : { value: "unknown", from: view.subject };
}

function statusOf(words: string): RunStatus {
  return outcomes.find(([pattern]) => pattern.test(words.trim()))?.[1] ?? "unknown";
}

function messageOf(view: MailView, status: Said<RunStatus>): Said<string> | string {
  if (status.value === "missed") return status.from as string;
  const line = /^.{0,200}\b(?:error|failed|failure|aborted|unable|cannot|warning)\b(?!\s*:[()|]).{0,200}$/im.exec(
    view.text,
  )?.[0];
  if (line && status.value !== "unknown") return line.trim();
  const plain = { failed: "Macrium Reflect reports a failure.", warning: "Macrium Reflect reports a warning." };
  const text =
    status.value === "failed" || status.value === "warning" ? plain[status.value] : "The mail names no result.";
  return { value: text, from: status.from };
}
