import type { RunStatus } from "../../statuses";
import { firstGroup, said, timesOf } from "../parse/findings";
import { jobNameOf } from "../parse/job-names";
import { limits } from "../parse/limits";
import { decimalOf, readSize } from "../parse/numbers";
import { toRun } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";

const software = "Cobian";
const greeting = /^.{0,40}automatic mail message from cobian (?:reflector|backup|gravity)\b/im;
const doneLine = /^.{0,60}\*\* ?Backup done for the task "([^"\n]{1,200})"\. (.{0,500})$/gim;
const finishedLine = /^.{0,60}\*{3} ?Backup finished\. (.{0,500})$/gim;
// The sign behind the number shows that the number is whole.
const errorsCount = /\berrors: (\d{1,9})(?=[.\s*])/i;
const errorLine = /^(?:\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?\s+)?ERR\s.{1,300}$/gm;
// Not a name of a file, which stands in quotes.
const aborted =
  /^[^"\n]{0,100}\b(?:aborted|cancell?ed|interrupted|could not be started)\b|\b(?:aborted|cancell?ed|interrupted)\b[^"\n]{0,60}$/i;
const longestLog = 50_000;
const stamp = /^\s*(\d{1,4}[-./]\d{1,2}[-./]\d{1,4} \d\d:\d\d(?::\d\d)?)/;

/**
 * The log that Cobian Backup and Cobian Reflector send: "Errors: N" of each task decides, there are no warnings. Formats from real logs
 * of both. The subject is free text. The log itself may be in another language, and is then not understood.
 */
export const cobian: Parser = {
  id: "cobian",
  software,
  recognisedBy: "“This is an automatic mail message from Cobian …”, or “** Backup done for the task …” in the text.",
  languages: "English, numbers of any language",
  basis: { tag: "SAMPLE", from: "real mails" },
  recognises: (view) => greeting.test(view.text.slice(0, 5000)) || view.text.search(doneLine) >= 0,
  parse: (view) => {
    const done = [...view.text.matchAll(doneLine)]
      .slice(0, limits.results)
      .map(([line, task, rest = ""]) => run(view, line, task, rest));
    if (done.length > 0) return done;
    const finished = [...view.text.matchAll(finishedLine)]
      .slice(0, limits.results)
      .map(([line, rest = ""]) => run(view, line, undefined, rest));
    return finished.length > 0 ? finished : [run(view, "", undefined, "")];
  },
};

function run(view: MailView, line: string, task: string | undefined, counts: string): ParsedRun {
  const name = said(task, line) ?? firstGroup(view.text, /\btask "([^"\n]{1,200})"/i);
  const errors = reading(firstGroup(counts, errorsCount), Number);
  const log = ownLog(view.text, line, name?.value);
  const status = verdictOf(view, errors, log);
  const start = log.find((entry) => name && entry.includes(`"${name.value}"`)) ?? log[0] ?? "";
  return toRun(
    {
      software,
      jobName: name ?? { value: jobNameOf(view.subject), from: view.subject },
      jobType: "backup",
      resourceType: "Server",
      status,
      message: status.value === "success" ? null : messageOf(log, status),
      ...timesOf(view, firstGroup(start, stamp), firstGroup(line, stamp)),
      sizeBytes: reading(firstGroup(counts, /(?:total )?size: (\d[\d.,' ]{0,20} ?[KMGT]?B)\b/i), (size) =>
        readSize(size, decimalOf(counts)),
      ),
    },
    view,
  );
}

// The lines from the one that names the task first up to its last.
function ownLog(text: string, line: string, task: string | undefined): string[] {
  const end = line ? text.indexOf(line) : text.length;
  const first = task ? text.indexOf(`"${task}"`) : 0;
  const start = text.lastIndexOf("\n", Math.max(0, Math.min(first, end))) + 1;
  return text.slice(Math.max(start, end - longestLog), end + line.length).split("\n");
}

function verdictOf(view: MailView, errors: Said<number> | null, log: string[]): Said<RunStatus> {
  const error = firstError(log);
  if (errors === null) return { value: error ? "failed" : "unknown", from: error ?? view.subject };
  if (errors.value > 0) return { value: "failed", from: errors.from };
  const stopped = log.find((line) => aborted.test(line))?.trim();
  if (stopped) return { value: "failed", from: stopped };
  return error ? { value: "warning", from: error } : { value: "success", from: errors.from };
}

function firstError(log: string[]): string | undefined {
  return log.join("\n").match(errorLine)?.[0];
}

function messageOf(log: string[], status: Said<RunStatus>): Said<string> | string {
  const plain = status.value === "unknown" ? "The log does not say how the task ended." : "Cobian counts errors.";
  return firstError(log)?.trim() ?? { value: plain, from: status.from };
}
