import type { RunStatus } from "../../statuses";
import { readDuration, readSize } from "../parse/numbers";
import { type Found, type FoundObject, toRun } from "../parse/runs";
import { labelValue, reading, type Said } from "../parse/said";
import { classify } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";
import { isClientScript, readClientScript } from "./pbs-client";

type Kind = { jobType: string; subject: RegExp; verdict: RegExp };

// The templates of Proxmox Backup Server, subject and last sentence of each.
const kinds: Kind[] = [
  kind("garbage collection", "Garbage Collect Datastore '[^']{1,100}'", "Garbage collection"),
  kind("verification", "Verify Datastore '[^']{1,100}'", "Verification"),
  kind("prune", "Pruning datastore '[^']{1,100}'", "Pruning"),
  kind("sync", "Sync (?:remote '[^']{1,100}' datastore|local datastore) '[^']{1,100}'", "Synchronization"),
  kind("tape backup", "Tape Backup (?:'[^']{1,100}' )?datastore '[^']{1,100}'", "Tape Backup"),
];
const loadSubject = /^Load Media '([^']{1,100})' request for (changer|drive) '([^']{1,100})'$/;
const server = /https?:\/\/([\w.-]{1,253}|\[[0-9a-f:]{2,45}\])(?::\d{1,5})?\/#/i;

/** Proxmox Backup Server: one plain-text mail for each garbage collection, verification, prune, sync and tape backup. */
export const pbs: Parser = {
  id: "pbs",
  software: "Proxmox Backup Server",
  recognisedBy:
    "Subject “Verify Datastore '…' successful” and its sisters (garbage collection, prune, sync, tape); scripts by “Starting backup protocol:”.",
  languages: "English",
  basis: { tag: "SOURCE", from: "its templates of 2024; a real mail of a client's timer" },
  recognises: (view) => kindOf(view) !== null || loadSubject.test(view.subject) || isClientScript(view),
  parse: (view) => {
    const known = kindOf(view);
    if (known) return [parse(view, known)];
    return [loadSubject.test(view.subject) ? readLoad(view) : readClientScript(view)];
  },
};

function kind(jobType: string, subject: string, verdict: string): Kind {
  return {
    jobType,
    subject: new RegExp(`^(${subject})\\s+(successful|failed)$`, "i"),
    verdict: new RegExp(`^${verdict} (successful|failed)\\b([^\\n]{0,400})`, "im"),
  };
}

const kindOf = (view: MailView): Kind | null => kinds.find(({ subject }) => subject.test(view.subject)) ?? null;

function parse(view: MailView, { jobType, subject, verdict }: Kind): ParsedRun {
  const [, what = "", word = ""] = subject.exec(view.subject) ?? [];
  const closing = verdict.exec(view.text);
  const status = statusOf(word, closing, view);
  const objects = objectsOf(view.text, status.value);
  return toRun(
    {
      software: pbs.software,
      jobName: nameOf(what, view),
      host: hostOf(view),
      jobType,
      resourceType: "Server",
      status,
      message: status.value === "success" ? null : messageOf(closing, objects, status),
      durationSeconds: reading(labelValue(view, "duration"), readDuration),
      sizeBytes: reading(labelValue(view, "on-disk usage"), (size) => readSize(size, ".")),
      objects,
    },
    view,
  );
}

function statusOf(word: string, closing: RegExpExecArray | null, view: MailView): Said<RunStatus> {
  if (word.toLowerCase() === "failed") return { value: "failed", from: view.subject };
  if (closing?.[1]?.toLowerCase() === "failed") return { value: "failed", from: closing[0] };
  if (view.headers.get("x-proxmox-severity") === "error") return { value: "failed", from: view.subject };
  // "Successful." is all that the template says of a success.
  const more = /\p{L}/u.test(closing?.[2] ?? "") && classify(closing?.[2] ?? "").status;
  if (more && closing) return { value: more === "success" ? "unknown" : more, from: closing[0] };
  const bad = /^\s{0,8}(?:removed|leftover) bad chunks:\s{0,20}[1-9]\d{0,12}/im.exec(view.text)?.[0];
  return bad ? { value: "warning", from: bad.trim() } : { value: "success", from: view.subject };
}

// Several jobs may verify or sync one datastore.
function nameOf(what: string, view: MailView): Said<string> {
  const job = labelValue(view, "job id")?.value;
  return { value: job ? `${what} (${job})` : what, from: what };
}

/** The name of the server stands only in the link at the end of the mail. */
function hostOf(view: MailView): Said<string> | null {
  const found = server.exec(view.text.slice(-3000));
  return found?.[1] ? { value: found[1], from: found[0] } : null;
}

/** What failed to verify, or what was written to tape: the indented lines below the heading of the list. */
function objectsOf(text: string, run: RunStatus): FoundObject[] {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => /^(?:Verification failed on these|Snapshots included:)/i.test(line));
  const list = at < 0 ? [] : lines.slice(at + 1);
  const skipped = list.findIndex((line) => line.trim() !== "");
  const named = list.slice(Math.max(skipped, 0));
  const end = named.findIndex((line) => !/^\s{1,8}\S|^\s?[-*]\s|^(?:vm|ct|host)\//.test(line));
  const failed = /^Verification/i.test(lines[at] ?? "");
  const status = failed ? "failed" : run === "success" ? "success" : "unknown";
  return named.slice(0, end < 0 ? undefined : end).map((from) => ({
    ...{ name: from.replace(/^[\s*-]+/, "").slice(0, 255), status, from },
    ...{ message: null, sizeBytes: null, durationSeconds: null },
  }));
}

function messageOf(closing: RegExpExecArray | null, objects: FoundObject[], status: Said<RunStatus>): Found["message"] {
  const cause = closing?.[2]?.replace(/^:\s*/, "").trim() ?? "";
  const [first] = objects;
  const more = objects.length > 1 ? ` (and ${objects.length - 1} more)` : "";
  if (first && closing)
    return { value: `Verification failed: ${first.name}${more}`, from: [first.from ?? "", closing[0]].flat() };
  if (status.value === "warning" && status.from.includes("bad chunks"))
    return { value: [status.from].flat()[0] ?? "", from: status.from };
  return cause.replace(/^[.:!]\s*/, "") || { value: "Proxmox Backup Server names no reason.", from: status.from };
}

// Somebody has to put a tape in, or the next backup to tape does not go on.
function readLoad(view: MailView): ParsedRun {
  const [, label = "", device = "", name = ""] = loadSubject.exec(view.subject) ?? [];
  return toRun(
    {
      software: pbs.software,
      jobName: { value: `Load media for ${device} ${name}`, from: view.subject },
      host: hostOf(view),
      jobType: "tape media",
      resourceType: "Server",
      status: { value: "warning", from: view.subject },
      message: { value: `The tape "${label}" has to be put into ${device} "${name}".`, from: view.subject },
    },
    view,
  );
}
