import type { RunStatus } from "../../statuses";
import { readLocalMoment } from "../parse/dates";
import { type FoundObject, toRun } from "../parse/runs";
import { labelValue, type Said } from "../parse/said";
import { worst } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { toInstant, zoneNotes, zoneOf } from "../parse/zones";
import { destinationsOf, wordOf } from "./ahsay-destinations";
import { timesOf } from "./ahsay-times";
import type { Parser } from "./parser";

const stamp = "\\d{4}-\\d{2}-\\d{2}-\\d{2}-\\d{2}-\\d{2}";
const reportSubject = /^(?:Backup Report|Report di backup)\s*\[([^\]]{1,120})\]\s*>\s*(.{1,400})$/i;
const missedSubject = new RegExp(
  `^(?:Scheduled backup|Il backup programmato),\\s*(.{1,150}?)\\s*>\\s*(.{1,200}?)\\s*>\\s*(${stamp}),`,
  "i",
);
const quotaSubject = /^Account,\s*.{1,150}?,\s*has exceeded its backup quota/i;
const set = ["backup set"];
const oldStatus = ["backup status"];

/** AhsayCBS with AhsayOBM, also under other names: a report for each backup set, notices of missed backups, alarms about quotas. */
export const ahsay: Parser = {
  id: "ahsay",
  software: "Ahsay",
  recognisedBy:
    "Subject “Backup Report [OK] > user > set > …” or “Scheduled backup, …, was missed” (English, Italian), or the labels Backup Set, Backup Job and Job Status.",
  languages: "English, Italian",
  basis: { tag: "SAMPLE", from: "real mails; documentation for the older report" },
  recognises: (view) => isReport(view) || missedSubject.test(view.subject) || quotaSubject.test(view.subject),
  parse: (view) => {
    if (quotaSubject.test(view.subject)) return { alert: view.subject };
    return [missedSubject.test(view.subject) ? readMissed(view) : parse(view)];
  },
};

function isReport(view: MailView): boolean {
  if (reportSubject.test(view.subject)) return true;
  const current = labelValue(view, "job status") && labelValue(view, ...set) && labelValue(view, "backup job");
  const old = labelValue(view, ...oldStatus) && labelValue(view, "backup time") && labelValue(view, "new files");
  return Boolean(current ?? old);
}

function parse(view: MailView): ParsedRun {
  const names = namesOf(view);
  const destinations = destinationsOf(view);
  const status = statusOf(view, destinations);
  return toRun(
    {
      software: ahsay.software,
      jobName: names.set ?? { value: "Backup", from: view.subject },
      host: names.user,
      jobType: "backup",
      resourceType: "Server",
      status,
      message: status.value === "success" ? null : messageOf(status, destinations),
      ...timesOf(view),
      objects: destinations,
    },
    view,
  );
}

// "… > user > backup set > destination 2026-09-17-23-00-00"; the user stands in for the machine, since sets are called alike.
function namesOf(view: MailView): { user: Said<string> | null; set: Said<string> | null } {
  const [, , path = ""] = reportSubject.exec(view.subject) ?? [];
  const [user, name] = path.split(/\s*>\s*/);
  const said = (value: string | undefined) => (value ? { value, from: [value, view.subject] } : null);
  const bare = name?.replace(new RegExp(`\\s*${stamp}\\s*$`), "");
  return { user: said(user) ?? labelValue(view, "user"), set: said(bare) ?? labelValue(view, ...set) };
}

/** The worst of the subject, the status of the job and those of its destinations. */
function statusOf(view: MailView, destinations: FoundObject[]): Said<RunStatus> {
  const subject = reportSubject.exec(view.subject)?.[1] ?? "";
  const body = labelValue(view, ...oldStatus);
  const found = worst([
    { status: wordOf(subject), text: `[${subject}]` },
    { status: body ? wordOf(body.value) : "unknown", text: body?.value ?? "" },
    ...destinations.map(({ status, from = "" }) => ({ status, text: [from].flat()[0] ?? "" })),
  ]);
  // A status that nobody knows is not made good by the others.
  const strange = destinations.find(({ status }) => status === "unknown");
  const doubt = strange || (subject !== "" && wordOf(subject) === "unknown");
  if (found.status === "success" && destinations.length === 0 && !body)
    return { value: "unknown", from: `[${subject}]` };
  if (doubt && found.status === "success") return { value: "unknown", from: strange?.from ?? `[${subject}]` };
  return { value: found.status, from: found.text };
}

function messageOf(status: Said<RunStatus>, destinations: FoundObject[]): Said<string> {
  const bad = destinations.find((destination) => destination.status === status.value);
  const said = [status.from].flat()[0] ?? "";
  return bad?.message
    ? { value: `${bad.name}: ${bad.message}`, from: bad.message }
    : { value: said.replace(/^\[|\]$/g, ""), from: said };
}

/** Ahsay itself notices that a backup did not start; the mail names the moment it was planned for. */
function readMissed(view: MailView): ParsedRun {
  const [from = "", user = "", name = "", planned = ""] = missedSubject.exec(view.subject) ?? [];
  const local = readLocalMoment(planned.replace(/-(\d\d)-(\d\d)-(\d\d)$/, " $1:$2:$3"), view.when.sent);
  const zone = zoneOf(local, view.when);
  const at = toInstant(local, zone);
  return toRun(
    {
      software: ahsay.software,
      jobName: { value: name, from },
      host: { value: user, from },
      jobType: "backup",
      resourceType: "Server",
      status: { value: "missed", from: view.subject },
      message: { value: view.subject, from: view.subject },
      startedAt: at === null ? null : { value: at, from: planned },
      notes: zoneNotes(zone),
    },
    view,
  );
}
