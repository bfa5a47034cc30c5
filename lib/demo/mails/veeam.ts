import type { Outcome } from "../types";
import { message } from "./message";

const words = { success: "Success", warning: "Warning", failed: "Failed", unknown: "None", missed: "Failed" };
const colours = { success: "#00B050", warning: "#ffd96c", failed: "#fb9895", unknown: "#cccccc" };

/** @returns the mail of a Backup & Replication job or of an Agent: one HTML layout. */
export function veeamMail(outcome: Outcome): Uint8Array {
  const { job, status, endedAt } = outcome;
  const word = words[status];
  const counts = `${outcome.objects.length} ${job.product === "agent" ? "objects" : "VMs"}`;
  const subject =
    job.product === "agent"
      ? `[${word}] ${job.host} - ${job.name} - ${longMoment(endedAt)}`
      : `[${word}] ${job.name} (${counts})`;
  const sentAt = new Date(endedAt.getTime() + 8000);
  return message({ from: job.sender, fromName: "Veeam", subject, sentAt, html: page(outcome) });
}

function page(outcome: Outcome): string {
  const { job, status, startedAt, endedAt, objects } = outcome;
  const count = (wanted: string) => objects.filter((object) => object.status === wanted).length;
  const kind = { backup: "Backup", "backup copy": "Backup Copy" }[job.jobType] ?? "Backup";
  const product =
    job.product === "agent"
      ? "Veeam Agent for Microsoft Windows 6.3.1.1074"
      : "Veeam Backup &amp; Replication 12.3.1.1139";
  return `<html><body><table cellspacing="0" cellpadding="0" width="100%" border="0" style="border-collapse: collapse;">
${row(`<td colspan="4" style="background-color: ${colours[status]};"><b>${job.product === "agent" ? "Agent " : ""}${kind} job: ${escaped(job.name)}</b></td><td style="background-color: ${colours[status]};"><b>${words[status]}</b><br>${count("success") + count("warning")} of ${objects.length} objects processed</td>`)}
${row(`<td colspan="5">${longMoment(startedAt)}</td>`)}
${cells(["<b>Success</b>", count("success"), "<b>Start time</b>", clock(startedAt), "<b>Total size</b>", size(outcome.sizeBytes), "<b>Backup size</b>", size(outcome.transferredBytes * 0.6), escaped(outcome.message ?? "")])}
${cells(["<b>Warning</b>", count("warning"), "<b>End time</b>", clock(endedAt), "<b>Data read</b>", size(outcome.transferredBytes * 1.4), "<b>Dedupe</b>", "1.2x"])}
${cells(["<b>Error</b>", count("failed"), "<b>Duration</b>", duration(outcome.durationSeconds), "<b>Transferred</b>", size(outcome.transferredBytes), "<b>Compression</b>", "1.9x"])}
${row(`<td colspan="5"><b>Details</b></td>`)}
${cells(["<b>Name</b>", "<b>Status</b>", "<b>Start time</b>", "<b>End time</b>", "<b>Size</b>", "<b>Duration</b>", "<b>Details</b>"])}
${objects.map((object) => cells([escaped(object.name), words[object.status], clock(startedAt), clock(endedAt), size(object.sizeBytes ?? 0), duration(object.durationSeconds ?? 0), escaped(object.message ?? "")])).join("\n")}
</table><p>${product}</p></body></html>`;
}

const row = (inner: string): string => `<tr>${inner}</tr>`;
const cells = (values: (string | number)[]): string => row(values.map((value) => `<td>${value}</td>`).join(""));
const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const longMoment = (moment: Date): string =>
  new Intl.DateTimeFormat("en-US", { timeZone: "UTC", dateStyle: "full", timeStyle: "medium" })
    .format(moment)
    .replace(" at ", " ")
    .replace(/\u202f/g, " ");

const clock = (moment: Date): string =>
  new Intl.DateTimeFormat("en-US", { timeZone: "UTC", timeStyle: "medium" }).format(moment).replace(/\u202f/g, " ");

/** "0:31:12", as these mails write it. */
const duration = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part, index) => (index ? String(part).padStart(2, "0") : part))
    .join(":");

const size = (bytes: number): string =>
  bytes >= 2 ** 40 ? `${(bytes / 2 ** 40).toFixed(1)} TB` : `${(bytes / 2 ** 30).toFixed(1)} GB`;
