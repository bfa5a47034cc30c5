import { edgesOf, firstGroup, said, timesOf } from "../parse/findings";
import { jobNameOf } from "../parse/job-names";
import { isNoResult } from "../parse/not-results";
import { readDuration } from "../parse/numbers";
import { toRun } from "../parse/runs";
import { labelValue, reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";
import { verdictOf } from "./synology-words";

const products: readonly [RegExp, string, string][] = [
  [/\bsnapshot replication\b/i, "Synology Snapshot Replication", "replication"],
  [/\bactive backup for [\p{L}\d ]{1,20}|\bactive backup\b/iu, "Synology Active Backup", "backup"],
  [/\bhyper backup\b|\.hbk\b/i, "Synology Hyper Backup", "backup"],
];
const kinds: readonly [RegExp, string][] = [
  [/\bintegrit/i, "integrity check"],
  [/intégrité/i, "integrity check"],
  [/\brestor|wiederherstell|\brestaur|\bripristin/i, "restore"],
  [/\brotation\b|\brotazione\b|\bversionsrotation/i, "rotation"],
];
const sharedFolder = /\bshared folder\b|freigegebene[nrs]? ordner|dossier partagé|cartella condivisa/i;
const brand = /\bsynology\b|\bdiskstation\b|\bdsm \d/i;
const taskWord =
  /\bbackup task\b|\bnetwork backup\b|datensicherungsaufgabe|sicherungsaufgabe|tâche de sauvegarde|attività di backup/i;
const taskLabels = [
  "backup task",
  "task name",
  "task",
  "datensicherungsaufgabe",
  "sicherungsaufgabe",
  "aufgabe",
  "tâche de sauvegarde",
  "tâche",
  "attività di backup",
  "attività",
];
// What the name of a task may not hold, and how long it may be, from Synology's help on the settings of a task.
const noName = /[!"#$%&'()*+,/:;<=>?@[\]\\^`{}|~]/;
const longestName = 32;
const quotedTask =
  /(?:backup task|sicherungsaufgabe|tâche de sauvegarde|attività di backup)\s+["'«“„[]?\s?([^"'«»“”„[\]:\n]{1,40}?)\s?["'»”“\]]?\s+(?:is|was|has|on|from|wurde|ist|auf|a été|est|sur|è|è stata|su)(?=\s)/iu;
const hostInSubject = /\s(?:on|auf|sur|su)\s+([\p{L}\p{N}][\p{L}\p{N}_-]{0,62})(?=\s|[.!]?$)/iu;
const signature = /^(?:from|von|de|da)\s+([\p{L}\p{N}][\p{L}\p{N}_-]{0,62})$/imu;

/**
 * Hyper Backup, Active Backup and Snapshot Replication of Synology's DSM, by rules: its notifications are templates per event that an
 * administrator may edit, so words of English, German, French and Italian decide, with the states of a task as Synology's help names them
 * (suspended and partial: warning; cancelled: failed).
 */
export const synology: Parser = {
  id: "synology",
  software: "Synology",
  recognisedBy:
    "“Hyper Backup”, “Active Backup”, “Snapshot Replication” or “.hbk”, or a backup task with the name Synology or DiskStation.",
  languages: "English, German, French, Italian",
  basis: { tag: "DOC", from: "documented states and words; no real mail was seen" },
  recognises: (view) => {
    const text = `${view.subject}\n${view.text.slice(0, 5000)}`;
    return productOf(text) !== undefined || (brand.test(text) && taskWord.test(text));
  },
  parse: (view) => (isNoResult(view.subject) ? "info" : [parse(edgesOf(view))]),
};

// Others speak of active backups and of the replication of snapshots too: these names count only beside a word of Synology's.
function productOf(text: string): (typeof products)[number] | undefined {
  return products.find(([pattern, software]) => {
    const word = pattern.exec(text)?.[0];
    if (word === undefined || software === "Synology Hyper Backup" || brand.test(text)) return word !== undefined;
    return / for /i.test(word) || (software === "Synology Snapshot Replication" && sharedFolder.test(text));
  });
}

// The check of a backup that went well says nothing about the backup of the night.
function typeOf(view: MailView, otherwise: string): string {
  const start = `${view.subject}\n${view.text.slice(0, 300)}`;
  return kinds.find(([pattern]) => pattern.test(start))?.[1] ?? otherwise;
}

function parse(view: MailView): ParsedRun {
  const text = `${view.subject}\n${view.text.slice(0, 5000)}`;
  const [, software, jobType] = productOf(text) ?? [null, "Synology Hyper Backup", "backup"];
  const duration = reading(labelValue(view, "duration", "dauer", "durée", "durata"), readDuration);
  const status = verdictOf(view.subject, view.text);
  return toRun(
    {
      software,
      jobName: taskOf(view, text) ?? { value: jobNameOf(view.subject), from: view.subject },
      host: firstGroup(view.subject, hostInSubject) ?? firstGroup(view.text.slice(0, 20_000), signature),
      jobType: typeOf(view, jobType),
      resourceType: "NAS",
      status,
      message: status.value === "success" ? null : messageOf(status),
      ...timesOf(
        view,
        labelValue(view, "start time", "startzeit", "heure de début", "ora di inizio"),
        labelValue(view, "end time", "endzeit", "heure de fin", "ora di fine"),
        duration?.value ?? null,
      ),
      durationSeconds: duration,
    },
    view,
  );
}

function taskOf(view: MailView, text: string): Said<string> | null {
  const named = firstGroup(text, quotedTask) ?? firstGroup(text, /[«“„]\s?([^«»“”„\n]{1,40}?)\s?[»”“]/u);
  return [labelValue(view, ...taskLabels), named].find((found) => found !== null && isName(found.value)) ?? null;
}

function isName(text: string): boolean {
  return text.length <= longestName && !noName.test(text);
}

function messageOf(status: Said<string>): Said<string> {
  const words = typeof status.from === "string" ? status.from : (status.from[0] ?? "");
  const doubt = "The mail does not say clearly how the task ended.";
  return said(status.value === "unknown" ? doubt : words, status.from) ?? { value: doubt, from: status.from };
}
