import type { RunStatus } from "../../statuses";
import { normaliseLabel } from "../parse/labels";
import { isNoResult } from "../parse/not-results";
import { decimalOf, readSize } from "../parse/numbers";
import { isWorkstationName } from "../parse/resources";
import { toRun } from "../parse/runs";
import { worst } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";
import { labelled, objectsOf, statusOf } from "./veeam-report";
import { timesOf } from "./veeam-times";

const footer =
  /(?:^|\n)\s*(Veeam (?:Backup|Agent)[^\n\d]{0,60}?(?: for Microsoft 365)?)\s+\d{1,2}(?:\.\d{1,6}){1,3}\s*(?=\n|$)/;
const jobHeading = /^\*?([^\n:]{2,60}?) job:\s*([^\n]{1,200}?)\*?$/im;
const configHeading = /^\*?(Configuration Backup) for ([^\n]{1,200}?)\*?$/im;
const reportHeading = /^Scale-out Backup Repository [^\n]{1,200}$/im;
const subjectResult = /^\[(success|warning|failed|error)\]\s*(.*)$/i;
const agentSubject = /^(\S{1,63}) - (?:.{1,150} - )?\p{L}{2,15},? .{0,40}\d{4}.{0,20}\d{1,2}[:.]\d{2}[:.]\d{2}/u;

type Heading = { kind: string; name: string; text: string };

/** The mails of the Veeam family: one HTML layout for Backup & Replication jobs, Agents and configuration backups. */
export const veeam: Parser = {
  id: "veeam",
  software: "Veeam Backup & Replication",
  recognises: (view) => footerOf(view) !== null || looksLikeReport(view),
  parse: (view) => (isInfo(view) ? "info" : [parse(view)]),
};

function footerOf(view: MailView): string | null {
  return footer.exec(endOf(view.htmlText))?.[1] ?? footer.exec(endOf(view.text))?.[1] ?? null;
}

// Gmail and mail gateways add lines below, so the footer is looked for near the end and not at it.
function endOf(text: string): string {
  return text.slice(-5000);
}

function looksLikeReport(view: MailView): boolean {
  return headingOf(view) !== null && (labelled(view, "start time") !== null || subjectResult.test(view.subject));
}

// A job may bear any name, so only a mail without the heading of a job can be something else.
function isInfo(view: MailView): boolean {
  return (
    headingOf(view) === null &&
    (isNoResult(view.subject) || reportHeading.test((view.htmlText || view.text).slice(0, 3000)))
  );
}

/** "Backup job: Daily" of the big coloured cell. AI prose and job descriptions further down may say anything. */
function headingOf(view: MailView): Heading | null {
  for (const text of [...view.rows.slice(0, 12).flat(), view.text.slice(0, 3000), view.htmlText.slice(0, 3000)]) {
    const found = jobHeading.exec(text) ?? configHeading.exec(text);
    if (found?.[1] && found[2])
      return { kind: found[1].trim(), name: found[2].trim(), text: found[0].replaceAll("*", "") };
  }
  return null;
}

function parse(view: MailView): ParsedRun {
  const heading = headingOf(view);
  const software = softwareOf(view, heading);
  const objects = objectsOf(view);
  const host = hostOf(view, software, objects[0]?.name ?? null);
  const verdict = verdictOf(view);
  const times = timesOf(view);
  const decimal = decimalOf(view.htmlText || view.text);
  const size = (label: string) => readSize(labelled(view, label) ?? "", decimal);
  return toRun(
    {
      software,
      jobName: nameOf(heading, view),
      host: heading?.kind === "Configuration Backup" ? heading.name : host,
      jobType: jobTypeOf(heading),
      resourceType: resourceOf(software, heading, host),
      status: verdict.status,
      message: verdict.status === "success" ? null : messageOf(view, objects, verdict.status),
      ...times,
      sizeBytes: size("total size") ?? size("data size"),
      transferredBytes:
        size("transferred") ?? (jobTypeOf(heading) === "configuration backup" ? size("backup size") : null),
      objects,
      evidence: evidenceOf(verdict, heading, view),
      notes: [
        ...times.notes,
        ...(footerOf(view) === null ? ["The end of the mail is missing; it may have been cut off."] : []),
      ],
    },
    view,
  );
}

function softwareOf(view: MailView, heading: Heading | null): string {
  const printed = footerOf(view);
  if (printed?.startsWith("Veeam Agent")) return "Veeam Agent";
  if (printed) return printed.trim();
  return heading?.kind.startsWith("Agent") && agentHost(view) ? "Veeam Agent" : veeam.software;
}

function agentHost(view: MailView): string | null {
  return agentSubject.exec(subjectResult.exec(view.subject)?.[2] ?? view.subject)?.[1] ?? null;
}

function hostOf(view: MailView, software: string, object: string | null): string | null {
  if (software !== "Veeam Agent") return null;
  return agentHost(view) ?? object;
}

function nameOf(heading: Heading | null, view: MailView): string {
  const fromSubject = (subjectResult.exec(view.subject)?.[2] ?? "").replace(
    /\s*\(\d+ (?:objects?|instances?|vms?)\).*$/i,
    "",
  );
  if (heading?.kind === "Configuration Backup") return `Configuration Backup for ${heading.name}`;
  return (heading?.name ?? fromSubject).replace(/\s*\((?:retry\s*\d*|full|incremental)\)$/i, "");
}

function jobTypeOf(heading: Heading | null): string {
  const kind = normaliseLabel(heading?.kind ?? "backup").replace(/^agent /, "");
  return /^[a-z][a-z &-]{2,50}$/.test(kind) ? kind : "backup";
}

function resourceOf(software: string, heading: Heading | null, host: string | null): string {
  if (software.includes("365")) return "Microsoft 365";
  if (software === "Veeam Agent") return host && isWorkstationName(host) ? "Workstation" : "Server";
  if (/^agent|configuration/i.test(heading?.kind ?? "")) return "Server";
  if (/file|nas|object storage/i.test(heading?.kind ?? "")) return "NAS";
  return /\b(?:sql|oracle|postgresql|database|log)\b/i.test(heading?.kind ?? "") ? "Database" : "Virtual machines";
}

/** The worst of the coloured cell and the subject. Counters and prose do not decide. */
function verdictOf(view: MailView): { status: RunStatus; text: string } {
  const row = view.rows
    .slice(0, 12)
    .find((cells) => cells.some((cell) => jobHeading.test(cell) || configHeading.test(cell)));
  const cell = row?.slice(1).find((text) => statusOf(text) !== "unknown") ?? "";
  const subject = subjectResult.exec(view.subject)?.[1] ?? "";
  return worst([
    { status: statusOf(cell), text: cell },
    { status: statusOf(subject), text: view.subject },
  ]);
}

function messageOf(view: MailView, objects: ParsedRun["objects"], status: RunStatus): string {
  const bad = objects.filter((object) => object.status === "failed" || object.status === "warning");
  const first =
    bad.find((object) => object.status === status && object.message) ?? bad.find((object) => object.message);
  const more = bad.length > 1 ? ` (and ${bad.length - 1} more of ${objects.length} objects)` : "";
  if (first) return `${first.name}: ${first.message}${more}`;
  return (
    summaryOf(view) ??
    (status === "unknown" ? "The mail holds no result." : `Veeam reports "${status}" without saying why.`)
  );
}

// The last cell of the counter grid spans all its rows and holds the error of the job itself.
function summaryOf(view: MailView): string | null {
  const grid = view.rows.find((row) => row.some((cell) => normaliseLabel(cell) === "start time"));
  const last = grid && grid.length % 2 === 1 ? grid.at(-1) : "";
  return last ? last.replaceAll("\n", " ") : null;
}

function evidenceOf(verdict: { text: string }, heading: Heading | null, view: MailView): ParsedRun["evidence"] {
  const found = [
    { field: "status", text: verdict.text.replaceAll("\n", " ") },
    { field: "jobName", text: heading?.text ?? view.subject },
    { field: "software", text: footerOf(view) ?? "" },
  ];
  return found.filter((entry) => entry.text !== "");
}
