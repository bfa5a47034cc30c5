import type { RunStatus } from "../../statuses";
import { firstGroup, said, timesOf, worstSaid } from "../parse/findings";
import { readDuration, readSize } from "../parse/numbers";
import { toRun } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";
import { headOf, itemOf, statusOf, vmsOf } from "./xen-orchestra-report";

const icon = "[^\\p{L}\\p{N}\\p{P}\\p{Zs}]";
const subjectShape = new RegExp(
  `^\\[xen orchestra\\]\\s*(?:\\[([^\\]]{1,30})\\]|(\\p{L}{1,30})\\s*[-\\u2010-\\u2015\\u2212])\\s*((?:metadata |vm )?backup) report for (.{1,200}?)\\s*((?:${icon}|\\ufe0f){0,4})$`,
  "iu",
);
const icons: readonly [string, RunStatus][] = [
  ["🚨", "failed"],
  ["❌", "failed"],
  ["⏩", "warning"],
  ["⚠", "warning"],
];
const globalStatus = /^[\s#>*]{0,10}global status\s*:\s*([\p{L}]{1,30})/imu;

/**
 * The backup report of Xen Orchestra: status in brackets (older) or before a dash, which is the sign U+2212 (newer), an icon behind the
 * name of the job; Markdown or HTML below, with a section of machines per status. Format from its report plugin's templates.
 */
export const xenOrchestra: Parser = {
  id: "xen-orchestra",
  software: "Xen Orchestra",
  recognisedBy:
    "Subject “[Xen Orchestra] status − Backup report for job”, or “Global status:” above “Job ID” or “UUID”.",
  languages: "English",
  basis: { tag: "SOURCE", from: "its source, a mail in a public issue" },
  recognises: (view) => subjectShape.test(view.subject) || isReport(view.text),
  parse: (view) => [parse(view)],
};

function isReport(text: string): boolean {
  const start = text.slice(0, 5000);
  return globalStatus.test(start) && /^[\s*-]{0,10}(?:job id|run id|uuid)\**\s*:/im.test(start);
}

function parse(view: MailView): ParsedRun {
  const subject = subjectShape.exec(view.subject);
  const text = view.text.length * 3 < view.htmlText.length ? view.htmlText : view.text;
  const head = headOf(text);
  const vms = vmsOf(text);
  const status = verdictOf(view, subject, text, head);
  const times = timesOf(view, itemOf(head, "start time"), itemOf(head, "end time"));
  const rounded = times.startedAt && times.endedAt ? null : reading(itemOf(head, "duration"), humanised);
  return toRun(
    {
      software: xenOrchestra.software,
      jobName: said(subject?.[4], view.subject) ?? itemOf(head, "job name") ?? itemOf(head, "job id") ?? "",
      jobType: subject?.[3]?.toLowerCase() === "metadata backup" ? "metadata backup" : "backup",
      resourceType: "Virtual machines",
      status,
      message: status.value === "success" ? null : messageOf(status, vms, head),
      ...times,
      notes: [...times.notes, ...(rounded ? ["The mail rounds how long it took."] : [])],
      durationSeconds: rounded,
      sizeBytes: reading(itemOf(head, "transfer size") ?? itemOf(head, "size"), (size) => readSize(size, ".")),
      objects: vms,
    },
    view,
  );
}

function verdictOf(view: MailView, subject: RegExpExecArray | null, text: string, head: string[]): Said<RunStatus> {
  const word = subject?.[1] ?? subject?.[2];
  const successes = itemOf(head, "successes");
  const warned = /^[\s*-]{0,10}⚠.{0,300}$/mu.exec(text)?.[0];
  return worstSaid(
    [
      said(word ? statusOf(word) : null, view.subject),
      said(subject?.[5] ? (icons.find(([sign]) => subject[5]?.includes(sign))?.[1] ?? null) : null, view.subject),
      reading(firstGroup(text, globalStatus), statusOf),
      reading(successes, (counts) => (allOf(counts) ? null : "warning")),
      said(warned ? "warning" : null, warned?.trim() ?? ""),
    ],
    view.subject,
  );
}

// "3 / 4": successes of all machines.
function allOf(counts: string): boolean {
  const [done, all] = counts.split("/").map(Number);
  // Nothing of nothing is no backup.
  return done === all && all !== 0;
}

/** "2 minutes", "an hour", "a few seconds": what moment.js makes of a length, in seconds. */
function humanised(text: string): number | null {
  return readDuration(text.replace(/^a few seconds$/i, "30 seconds").replace(/^an? /i, "1 "));
}

function messageOf(status: Said<RunStatus>, vms: ReturnType<typeof vmsOf>, head: string[]): Said<string> {
  const bad = vms.filter((vm) => vm.status !== "success");
  const first = bad[0];
  const more = bad.length > 1 ? ` (and ${bad.length - 1} more of ${vms.length} machines)` : "";
  if (first)
    return { value: `${first.name}: ${first.message ?? first.status}${more}`, from: [first.message ?? "", first.name] };
  const plain = { failed: "Xen Orchestra reports a failure.", warning: "Xen Orchestra did not back up everything." };
  const text =
    status.value === "failed" || status.value === "warning" ? plain[status.value] : "The mail names no result.";
  return itemOf(head, "error") ?? { value: text, from: status.from };
}
