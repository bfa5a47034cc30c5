import type { RunStatus } from "../../statuses";

export type SubjectTool = {
  software: string;
  /** Groups: job, customer, host, word and icon of the result, the count of warnings, end (a local time). */
  subject: RegExp;
  /** What subject, name of the sender or text must hold as well, where the subject could be anybody's. */
  also?: RegExp;
  /** The words of the result, in lower case. */
  statuses: Readonly<Record<string, RunStatus>>;
  /** Lines of the log that make it worse. */
  lines: readonly (readonly [RegExp, RunStatus])[];
  /** The moment of the start in the text, as its first group. */
  start?: RegExp;
  resourceType: string;
};

/** Tools that say their result in the subject, or at least their name. */
export const subjectTools: readonly SubjectTool[] = [
  {
    software: "burp",
    subject: /^backup (?<word>succeeded|failed): (?<host>\S{1,100})(?: (?<warnings>\d{1,9}) warnings?)?$/i,
    also: /^\d{7} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\bburp\b/im,
    statuses: { succeeded: "success", failed: "failed" },
    lines: [],
    start: /^\d{7} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})/m,
    resourceType: "Server",
  },
  {
    software: "raspiBackup",
    subject:
      /^(?:.{0,20}\s)?(?<host>[\w.-]{1,100}): Backup (?<word>finished successfully|failed !!!|erfolgreich beendet|nicht erfolgreich !!!)\.?$/i,
    also: /raspibackup|\bRBK\d{4}[A-Z]\b| !!!/i,
    statuses: {
      "finished successfully": "success",
      "erfolgreich beendet": "success",
      "failed !!!": "failed",
      "nicht erfolgreich !!!": "failed",
    },
    lines: [
      [/^.{0,40}\bRBK\d{4}E\b.{0,300}$/m, "failed"],
      [/^.{0,40}\bRBK\d{4}W\b.{0,300}$/m, "warning"],
    ],
    resourceType: "Server",
  },
  {
    software: "phpbu",
    subject: /^(?<job>.{1,200}?) \[(?<word>OK|WARNING|ERROR)\]$/i,
    also: /\bphpbu\b/i,
    statuses: { ok: "success", warning: "warning", error: "failed" },
    lines: [],
    resourceType: "Server",
  },
  {
    software: "BackWPup",
    subject: /^\[(?<word>[^\]]{1,30})\] BackWPup log .{5,30}?: (?<job>.{1,200})$/i,
    statuses: { successful: "success", warning: "warning", error: "failed" },
    lines: [
      [/^.{0,60}\bERROR: .{1,300}$/m, "failed"],
      [/^.{0,60}\bWARNING: .{1,300}$/m, "warning"],
    ],
    resourceType: "Server",
  },
  {
    software: "BackWPup",
    subject: /^BackWPup Job: \d{4}-\d\d-\d\d \d\d:\d\d: (?<job>.{1,200})$/i,
    statuses: {},
    lines: [],
    resourceType: "Server",
  },
  {
    // One sender serves several companies: the name in the first brackets tells them apart.
    software: "SQL script",
    subject:
      /^\[(?<customer>[^\]]{1,100})\] (?<icon>\S{1,4}) SQL (?<word>.{1,60}?) [—–] (?<job>.{1,200}?) [—–] (?<end>\d\d\/\d\d\/\d{4} \d\d:\d\d)$/iu,
    statuses: { completato: "success", fallito: "failed" },
    lines: [],
    resourceType: "Database",
  },
  {
    // It shows a success by a green border alone, which is too little to believe it.
    software: "StorageCraft ImageManager",
    subject:
      /\bOnline Image Report: (?<job>.{1,100}? - .{1,100}?) - (?<customer>.{1,100}?) \d[\d./ :-]{5,30}(?:[ap]m)?$/i,
    statuses: {},
    lines: [],
    resourceType: "Server",
  },
];
