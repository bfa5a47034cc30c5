import type { RunStatus } from "../../statuses";
import { toRun } from "../parse/runs";
import type { Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { figuresOf } from "./cron-figures";
import { marksOf } from "./cron-marks";
import type { Parser } from "./parser";

const subjectShape = /^Cron <([^@>\s]{1,100})@([^>\s]{1,200})>\s+(.{1,1000}?)(\s+\(failed\))?$/;
const settings = /^(?:[A-Z_][A-Z0-9_]{0,60}=\S{0,300}\s+){0,20}/;
const backupWord =
  /back-?up|restic|borg|rsync|rsnapshot|duplic|snapshot|dump|archiv|sicherung|sauvegarde|mirror|rclone|kopia/i;

/**
 * What cron mails of a command: its output, if it had any. The job is the host and the command; the result are the last words of restic,
 * borg, borgmatic, rsync, rsnapshot or duplicity. Other output is never a success. Envelope from the source of cron and real mails.
 */
export const cron: Parser = {
  id: "cron",
  software: "Cron",
  recognisedBy:
    "Subject “Cron <user@host> command”; the output of restic, borg, borgmatic, rsync, rsnapshot or duplicity.",
  languages: "English",
  basis: { tag: "SAMPLE", from: "real mails, the source of cron; marks are the usual output of the tools" },
  recognises: (view) => subjectShape.test(view.subject),
  parse: (view) => parse(view),
};

function parse(view: MailView): ParsedRun[] {
  const [, , host = "", command = "", failed] = subjectShape.exec(view.subject) ?? [];
  const marks = marksOf(view.text);
  const aboutBackups = backupWord.test(command) || backupWord.test(view.text.slice(0, 20_000)) || marks.tool;
  if (!aboutBackups) return [];
  const status = verdictOf(view, failed, marks.found);
  const run = toRun(
    {
      software: cron.software,
      jobName: { value: command.replace(settings, ""), from: view.subject },
      host: { value: host, from: view.subject },
      jobType: "backup",
      resourceType: "Server",
      status,
      message: status.value === "success" ? null : messageOf(status),
      ...figuresOf(view),
    },
    view,
  );
  return [run];
}

function verdictOf(view: MailView, failed: string | undefined, marks: Said<RunStatus>[]): Said<RunStatus> {
  const order: RunStatus[] = ["failed", "warning", "success"];
  const said = order.map((status) => marks.find(({ value }) => value === status)).find((mark) => mark !== undefined);
  if (failed && said?.value !== "failed") return { value: "failed", from: view.subject };
  return said ?? { value: "unknown", from: view.subject };
}

function messageOf(status: Said<RunStatus>): Said<string> | string {
  if (status.value === "unknown") return { value: "The output does not say how the command ended.", from: status.from };
  return status.from as string;
}
