const patterns = [
  /\btest\s?-?\s?(?:e-?mail|message|notification|mail|nachricht|benachrichtigung)\b|\bthis is a test\b|\bnotification test\b|\btestmail\b/i,
  /\b(?:backup|job|sync|task|replication|copy|sicherung)\b.{0,80}\b(?:has |was |is )?(?:started|starting|gestartet)\b|\b(?:started|starting)\b.{0,40}\b(?:backup|job|sync|task)\b/i,
  /\b(?:package|software|update)s?\b.{0,30}\b(?:updates? available|available)\b|\bupdates? (?:is|are) available\b|\bnew software packages\b/i,
  /\blicen[cs]e\b|\blizenz\b|\bsubscription\b.{0,40}\bexpir/i,
  /^replication job:? '?\d|\breplication job .{0,60}\bfailed\b/i,
  /\b(?:daily|weekly|monthly)\b.{0,20}\breport on\b|\bdaily status report\b|\bfor the period\b.{0,80}\bis\b/i,
  /\b(?:certificate|acme)\b.{0,40}\b(?:renew|expir)/i,
  /^(?:undeliver|mail delivery|delivery status notification|returned mail|out of office|automatic reply|autoreply)/i,
];

/** Whether the subject says that the mail is no result: a test, "started", updates, licence, replication notice, report, bounce. */
export function isNoResult(subject: string): boolean {
  const start = subject.slice(0, 300);
  return patterns.some((pattern) => pattern.test(start));
}
