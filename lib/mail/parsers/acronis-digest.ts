import type { RunStatus } from "../../statuses";
import { readLocalMoment } from "../parse/dates";
import { limits } from "../parse/limits";
import { isWorkstationName } from "../parse/resources";
import { toRun } from "../parse/runs";
import { classify, worst } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import { toInstant, type Zone, zoneNotes, zoneOf } from "../parse/zones";
import { customerOf, groupsOf } from "./acronis-subject";
import type { Reading } from "./parser";

const severities: Record<string, RunStatus> = {
  critical: "failed",
  error: "failed",
  warning: "warning",
  information: "unknown",
};
const labels = ["device", "plan name", "group", "account"];

type Alert = { severity: string; title: string; lines: string[]; values: Map<string, string> };

/**
 * The daily list of active alerts: severity, title, moment and sentence of each, then Device, Plan name, Group and Account. What names a
 * plan is a result of that plan, possibly days old; the rest is an alert.
 */
export function readDigest(view: MailView, software: string): Reading {
  const alerts = alertsOf(wordsOf(view));
  // The subject states when the report was made, in the same zone as the alerts.
  const zone = zoneOf(readLocalMoment(view.subject, view.when.sent), view.when);
  const planned = alerts.filter((alert) => alert.values.has("plan name"));
  const rest = alerts.filter((alert) => !alert.values.has("plan name"));
  const runs = planned.slice(0, limits.results).flatMap((alert) => runOf(alert, software, zone, view));
  const read = rest.length + Math.min(planned.length, limits.results);
  return { runs, alert: [unread(view, read), ...rest.slice(0, 20).map(wordsFor)].filter(Boolean).join("; ") || null };
}

/** Cells and lines in the order of the mail. */
function wordsOf(view: MailView): string[] {
  const pieces = (view.htmlText || view.text).split(/\n|\s{2,}|\t/);
  return pieces.map((piece) => piece.replaceAll("*", "").replace(/^>\s?/, "").trim()).filter(Boolean);
}

function alertsOf(words: string[]): Alert[] {
  const found: Alert[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const alert = found.at(-1);
    // "Warning" above "1" is a line of the summary.
    if (Object.hasOwn(severities, word.toLowerCase()) && /\p{L}/u.test(words[i + 1] ?? "")) {
      found.push({ severity: word, title: words[++i] ?? "", lines: [], values: new Map() });
    } else if (alert) {
      const [label = "", inline = ""] = split(word);
      const value = labels.includes(label) ? inline || words[++i] : undefined;
      if (value) alert.values.set(label, value);
      else if (alert.values.size === 0) alert.lines.push(word);
    }
  }
  return found;
}

// "Device: SRV", "Device:" or "Device" with the value behind it.
function split(word: string): string[] {
  const [, label = "", value = ""] = /^([A-Za-z ]{5,9}?)\s*(?::\s*(.*))?$/.exec(word) ?? [];
  return [label.toLowerCase(), value.trim()];
}

function runOf(alert: Alert, software: string, zone: Zone, view: MailView): ParsedRun[] {
  const status = worst([
    { status: classify(alert.title).status, text: alert.title },
    { status: wordIn(severities, alert.severity.toLowerCase()) ?? "unknown", text: alert.severity },
  ]);
  // "Information" about a plan that says nothing of a result.
  if (status.status === "unknown") return [];
  const [raised = null] = alert.lines.flatMap((from) => {
    const local = readLocalMoment(from, view.when.sent);
    const value = local === null ? null : toInstant(local, zone);
    return value === null ? [] : [{ value, from }];
  });
  const sentence = alert.lines.filter((line) => line !== raised?.from).join(" ");
  const group = alert.values.get("group") ?? groupsOf(view.subject).get("group")?.value;
  const [plan = "", device = null] = [alert.values.get("plan name"), alert.values.get("device")];
  const run = toRun(
    {
      software,
      customer: group === undefined ? null : customerOf({ value: group, from: group }),
      jobName: plan,
      host: device,
      jobType: "backup",
      resourceType: device && isWorkstationName(device) ? "Workstation" : "Server",
      status: { value: status.status, from: [`${alert.severity} ${alert.title}`, alert.title] },
      message:
        status.status === "success"
          ? null
          : { value: [alert.title, sentence].filter(Boolean).join(": "), from: [sentence, alert.title] },
      startedAt: raised,
      notes: raised ? ["Acronis names only the moment of the alert.", ...zoneNotes(zone)] : [],
    },
    view,
  );
  return [run];
}

const wordsFor = ({ title, values }: Alert): string => [title, values.get("device")].filter(Boolean).join(": ");

// "(Critical: 0, Error: 2, Warning: 1, Information: 0)" of the subject; a report may be cut off.
function unread(view: MailView, read: number): string {
  const counts = [...view.subject.matchAll(/\b(?:Critical|Error|Warning|Information): (\d{1,6})/g)];
  const stated = counts.reduce((sum, [, count]) => sum + Number(count), 0);
  return stated > read ? `The report speaks of ${stated} alerts, of which ${read} could be read` : "";
}
