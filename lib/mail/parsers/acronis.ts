import type { RunStatus } from "../../statuses";
import { isWorkstationName, resourceTypeOf } from "../parse/resources";
import { type Found, toRun } from "../parse/runs";
import type { Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import { readDigest } from "./acronis-digest";
import { isLocalReport, readLocal } from "./acronis-local";
import { customerOf, groupsOf } from "./acronis-subject";
import type { Parser } from "./parser";

const resultSubject = /^BACKUP ([A-Z][A-Z ]{1,60}?)\s*\(/;
const digestSubject = /^DAILY STATUS REPORT ON\b/;
const reportSubject = /^(?:DAILY|WEEKLY|MONTHLY) REPORT ON\b/;
const statuses: Record<string, RunStatus> = {
  succeeded: "success",
  "succeeded with warnings": "warning",
  failed: "failed",
};
const labels = /^(?:plan name|group|account|device|view in web console|show details)\s*:?$/i;

/** Acronis Cyber Protect Cloud: a mail for each run, the daily list of alerts, reports as files; and older products on the machine itself. */
export const acronis: Parser = {
  id: "acronis",
  software: "Acronis Cyber Protect",
  recognisedBy:
    "Subject “BACKUP … (group: …)(machine: …)(plan: …)” or “DAILY STATUS REPORT ON …”; older products by Acronis’s name and a last line “… has succeeded.”",
  languages: "English",
  basis: { tag: "SAMPLE", from: "real mails of the cloud, logs of older products" },
  statedFirst: true,
  recognises: (view) => isResult(view) || isDigest(view) || isReport(view) || isLocalReport(view),
  parse: (view) => {
    if (isResult(view)) return [parse(view)];
    if (isDigest(view)) return readDigest(view, acronis.software);
    return isReport(view) ? "info" : [readLocal(view)];
  },
};

function isResult(view: MailView): boolean {
  return resultSubject.test(view.subject) && groupsOf(view.subject).has("plan");
}

function isDigest(view: MailView): boolean {
  return digestSubject.test(view.subject) && groupsOf(view.subject).has("group");
}

// "Daily report" alone says nothing; the fixed sender or the file that it brings does.
function isReport(view: MailView): boolean {
  const file = view.attachments.some(({ name }) => /^Full Device List/i.test(name));
  return reportSubject.test(view.subject) && (file || view.fromAddress.endsWith("@cloud.acronis.com"));
}

function parse(view: MailView): ParsedRun {
  const groups = groupsOf(view.subject);
  const host = groups.get("machine") ?? groups.get("resource") ?? null;
  const status = statusOf(view);
  return toRun(
    {
      software: acronis.software,
      customer: customerOf(groups.get("group")),
      jobName: groups.get("plan") ?? "",
      host,
      jobType: "backup",
      resourceType: resourceOf(groups.get("plan")?.value ?? "", host?.value ?? "", groups.has("machine")),
      status,
      message: status.value === "success" ? null : messageOf(view, host?.value ?? "", status),
    },
    view,
  );
}

function statusOf(view: MailView): Said<RunStatus> {
  const words = resultSubject.exec(view.subject)?.[1] ?? "";
  const value = wordIn(statuses, words.toLowerCase().trim()) ?? "unknown";
  const headline = /^[\s*>]{0,8}(backup (failed|succeeded with warnings))[\s*.]{0,4}$/im.exec(view.text.slice(0, 5000));
  const told = headline && wordIn(statuses, headline[2]?.toLowerCase() ?? "");
  return value === "success" && told ? { value: told, from: headline[1] ?? "" } : { value, from: `BACKUP ${words}` };
}

function resourceOf(plan: string, host: string, isMachine: boolean): string {
  if (isMachine && isWorkstationName(host)) return "Workstation";
  const type = resourceTypeOf(`${plan} ${isMachine ? "" : host}`);
  return type === "Other" && isMachine ? "Server" : type;
}

/** The sentences between the headline and the first label: "Cannot connect to the machine where network share is located." */
function messageOf(view: MailView, host: string, status: Said<RunStatus>): Found["message"] {
  const lines = view.text.split("\n", 60).map((line) => line.replaceAll("*", "").trim());
  const headline = lines.findIndex((line) => /^backup\s+(?:failed|succeeded|was|completed)\b/i.test(line));
  const after = headline < 0 ? [] : lines.slice(headline + 1).filter(Boolean);
  const end = after.findIndex((line) => labels.test(line) || /^(?:plan name|group|account)\b.{0,3}\s/i.test(line));
  const reasons = after.slice(0, end < 0 ? 3 : end).filter((line) => line !== host && line.length > 3);
  if (reasons[0]) return { value: reasons.join(" "), from: [reasons.join(" "), reasons[0]] };
  return { value: `Acronis says “${status.from}” without a reason.`, from: status.from };
}
