import type { RunStatus } from "../../statuses";
import { cutNote } from "../parse/cut";
import { normaliseLabel } from "../parse/normalise-label";
import { isNoResult } from "../parse/not-results";
import { decimalOf, readSize } from "../parse/numbers";
import { isWorkstationName } from "../parse/resources";
import { type Found, type FoundObject, toRun } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import { worst } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";
import { besideHeading, type Heading, headingOf, jobTypeOf } from "./veeam-heading";
import { labelled, objectsOf, statusOf } from "./veeam-report";
import { timesOf } from "./veeam-times";

const footer =
  /(?:^|\n)\s*(Veeam (?:Backup|Agent)[^\n\d]{0,60}?(?: for Microsoft 365)?)\s+\d{1,2}(?:\.\d{1,6}){1,3}\s*(?=\n|$)/;
const subjectResult = /^\[(success|warning|failed|error)\]\s*(.*)$/i;
const agentSubject = /^(\S{1,63}) - (?:.{1,150} - )?\p{L}{2,15},? .{0,40}\d{4}.{0,20}\d{1,2}[:.]\d{2}[:.]\d{2}/u;

/** The mails of the Veeam family: one HTML layout for jobs, Agents, configuration backups, Microsoft 365 and storage reports. */
export const veeam: Parser = {
  id: "veeam",
  software: "Veeam Backup & Replication",
  recognisedBy: "The last line with product and version, or the report’s heading (“Backup job: …”) above its counters.",
  languages: "English labels, dates and numbers of any language",
  basis: {
    tag: "SAMPLE",
    from: "real mails of jobs, agents and configuration backups; documentation for storage reports and Microsoft 365",
  },
  statedFirst: true,
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
  return headingOf(view) === null && isNoResult(view.subject);
}

function parse(view: MailView): ParsedRun {
  const heading = headingOf(view);
  const software = softwareOf(view, heading);
  const stated = statedIn(view);
  const objects = objectsOf(view, stated.value);
  const status = jobTypeOf(heading) === "storage report" ? withExtents(stated, objects, view) : stated;
  const host = hostOf(view, software, heading, objects[0]?.name ?? null);
  const times = timesOf(view);
  const decimal = decimalOf(view.htmlText || view.text);
  const size = (label: string) => reading(labelled(view, label), (text) => readSize(text, decimal));
  return toRun(
    {
      software,
      jobName: { value: nameOf(heading, view), from: [heading?.text ?? "", view.subject] },
      host,
      jobType: jobTypeOf(heading),
      resourceType: resourceOf(software, heading, host),
      status,
      message: status.value === "success" ? null : messageOf(view, objects, status),
      ...times,
      sizeBytes: size("total size") ?? size("data size") ?? size("used space"),
      transferredBytes:
        size("transferred") ?? (jobTypeOf(heading) === "configuration backup" ? size("backup size") : null),
      objects,
      notes: [...(times.notes ?? []), ...(footerOf(view) === null ? [cutNote] : [])],
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

/** The worst of the coloured cell and the subject. Counters and prose do not decide. */
function statedIn(view: MailView): Said<RunStatus> {
  const cells = besideHeading(view);
  const cell = cells.find((text) => statusOf(text) !== "unknown") ?? "";
  const subject = subjectResult.exec(view.subject)?.[1] ?? "";
  const strange = cell === "" ? cells.find((text) => /\p{L}/u.test(text)) : undefined;
  if (strange && statusOf(subject) === "success") return { value: "unknown", from: strange };
  const [some, portion, all] = /(\d{1,6}) of (\d{1,6}) \S{1,20} processed/i.exec(cell)?.map(String) ?? [];
  if (statusOf(cell) === "success" && Number(portion) < Number(all)) return { value: "warning", from: some ?? cell };
  const { status, text } = worst([
    { status: statusOf(cell), text: cell },
    { status: statusOf(subject), text: view.subject },
  ]);
  return { value: status, from: text };
}

// A report is sent as a success even while one of its extents is in maintenance.
function withExtents(stated: Said<RunStatus>, extents: FoundObject[], view: MailView): Said<RunStatus> {
  const all = [
    { status: stated.value, text: stated.from },
    ...extents.map(({ status, from }) => ({ status, text: from })),
  ];
  const bad = worst(all.map(({ status }, i) => ({ status, text: `${i}` })));
  // A forward as plain text has lost the table.
  const doubt = stated.value === "unknown" || extents.length === 0 || footerOf(view) === null;
  if (doubt && bad.status === "success") return { ...stated, value: "unknown" };
  return { value: bad.status, from: all[Number(bad.text)]?.text ?? "" };
}

function hostOf(view: MailView, software: string, heading: Heading | null, object: string | null): string | null {
  if (heading?.kind === "Configuration Backup") return heading.name;
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

function resourceOf(software: string, heading: Heading | null, host: string | null): string {
  const kind = heading?.kind ?? "";
  if (software.includes("365")) return "Microsoft 365";
  if (software === "Veeam Agent") return host && isWorkstationName(host) ? "Workstation" : "Server";
  if (/^agent|configuration/i.test(kind)) return "Server";
  if (/^scale-out/i.test(kind)) return "Other";
  if (/file|nas|object storage/i.test(kind)) return "NAS";
  return /\b(?:sql|oracle|postgresql|database|log)\b/i.test(kind) ? "Database" : "Virtual machines";
}

function messageOf(view: MailView, objects: FoundObject[], status: Said<RunStatus>): Found["message"] {
  const bad = objects.filter((object) => object.status === "failed" || object.status === "warning");
  const first =
    bad.find((object) => object.status === status.value && object.message) ?? bad.find((object) => object.message);
  const more = bad.length > 1 ? ` (and ${bad.length - 1} more of ${objects.length} objects)` : "";
  if (first) return { value: `${first.name}: ${first.message}${more}`, from: first.message ?? "" };
  const summary = summaryOf(view);
  if (summary) return summary;
  if (bad[0]) return { value: `${bad[0].name}: ${bad[0].status}${more}`, from: bad[0].from ?? "" };
  if (status.value === "unknown") return "The mail holds no result.";
  return { value: `Veeam reports "${status.value}" without saying why.`, from: status.from };
}

// The last cell of the counter grid spans all its rows and holds the error of the job itself.
function summaryOf(view: MailView): string | null {
  const grid = view.rows.find((row) => row.some((cell) => normaliseLabel(cell) === "start time"));
  const last = grid && grid.length % 2 === 1 ? grid.at(-1) : "";
  return last ? last.replaceAll("\n", " ") : null;
}
