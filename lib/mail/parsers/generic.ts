import { jobNameOf } from "../parse/job-names";
import { isNoResult } from "../parse/not-results";
import { decimalOf, readDuration, readSize } from "../parse/numbers";
import { resourceTypeOf } from "../parse/resources";
import { toRun } from "../parse/runs";
import { labelValue, reading } from "../parse/said";
import { classify } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";

const backupWord =
  /back-?up|sicherung|sauvegarde|copia|respaldo|salvataggio|reservekopie|replic|replik|snapshot|restic|borg|rsnapshot|rsync|duplic|synology|acronis|arcserve|dump|archiv|mirror|sync|restore/i;

/** The last resort: words of results in six languages, in subject and body. Never green by doubt. */
export const generic: Parser = {
  id: "generic",
  software: "",
  recognisedBy: "Nothing else knows the mail, and it speaks of a backup: words of results in six languages.",
  languages: "English, German, French, Italian, Dutch, Spanish",
  basis: { tag: "words", from: "words of results, symbols and counts" },
  recognises: () => true,
  parse: (view) => (isNoResult(view.subject) ? "info" : candidates(view)),
};

function candidates(view: MailView): ParsedRun[] {
  const jobName = jobNameOf(view.subject);
  const body = view.text === view.htmlText ? view.text : `${view.text}\n${view.htmlText}`;
  const verdict = classify(view.subject, body);
  const aboutBackups = backupWord.test(view.subject) || backupWord.test(body.slice(0, 20_000));
  if (verdict.status === "unknown" && !aboutBackups) return [];
  const status = jobName && aboutBackups ? verdict.status : "unknown";
  const decimal = decimalOf(body);
  // What says nothing clearly is quoted by its subject.
  const decided = verdict.text || view.subject;
  return [
    toRun(
      {
        software: "",
        jobName: { value: jobName, from: view.subject },
        jobType: jobTypeOf(view.subject),
        resourceType: resourceTypeOf(`${view.subject}\n${body}`),
        status: { value: status, from: decided },
        message: status === "success" ? null : { value: messageOf(verdict.text, status), from: decided },
        durationSeconds: reading(labelValue(view, "duration"), readDuration),
        sizeBytes: reading(labelValue(view, "total size", "size"), (size) => readSize(size, decimal)),
        notes: ["The mail is of no known product: its result was told from words in it."],
      },
      view,
    ),
  ];
}

function messageOf(line: string, status: string): string {
  return line && status !== "unknown" ? line : "The mail does not say clearly how the run ended.";
}

function jobTypeOf(subject: string): string {
  if (/restor|wiederherstell/i.test(subject)) return "restore";
  if (/replic|replik/i.test(subject)) return "replication";
  if (/\bsync/i.test(subject)) return "sync";
  return /verif/i.test(subject) ? "verification" : "backup";
}
