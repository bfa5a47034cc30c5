import { classify } from "./statuses";

const never = [
  /^replication job:? '?\d/i,
  /\bdaily status report\b|\bfor the period\b.{0,80}\bis\b/i,
  /^(?:undeliver|mail delivery|delivery status notification|returned mail|out of office|automatic reply|autoreply)/i,
];
const unlessFailed = [
  /\b(?:package|software|update)s?\b.{0,30}\b(?:updates? available|available)\b|\bupdates? (?:is|are) available\b/i,
  /\b(?:daily|weekly|monthly)\b.{0,20}\breport on\b/i,
];
// Then it should have started, which somebody has to know.
const notStarted = /\b(?:not|never|nicht|n['’]t)\b.{0,30}\b(?:started|starting|gestartet)\b|\bstarted (?:late|but)\b/i;
const unlessBad = /\bstarted successfully\b|\bsuccessfully started\b|\berfolgreich gestartet\b/i;
// A backup of the licence server, or of the test mail server, that went well or failed is a result all the same.
const unlessSaid = [
  /\btest[\s-]?(?:e-?mail|message|notification|nachricht|benachrichtigung)\b|\bthis is a test\b|\bnotification test\b/i,
  /\b(?:licen[cs]e|lizenz|subscription|certificate|acme)\b.{0,60}(?:\bexpir|\brenew|\bläuft ab|\babgelaufen|\busage\b|\bkey\b)/i,
  /\b(?:backup|job|sync|task|replication|copy|sicherung)\b.{0,80}\b(?:started|starting|gestartet)\b/i,
  /\b(?:started|starting)\b.{0,40}\b(?:backup|job|sync|task)\b/i,
];

/** Whether the subject says that the mail is no result: a test, "started", updates, licence, replication notice, report, bounce. */
export function isNoResult(subject: string): boolean {
  const start = subject.slice(0, 300);
  if (never.some((pattern) => pattern.test(start))) return true;
  const said = classify(start).status;
  if (said === "failed" || notStarted.test(start)) return false;
  if (unlessFailed.some((pattern) => pattern.test(start))) return true;
  if (said === "success") return unlessBad.test(start);
  return said === "unknown" && [unlessBad, ...unlessSaid].some((pattern) => pattern.test(start));
}
