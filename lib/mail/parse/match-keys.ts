/**
 * The identity by which mails of one job find each other: "software|host|job name|job type", in lower case, NFC, whitespace collapsed.
 * `origin` stands in for a host that the mail does not name (the sender), so that equal job names of two customers stay apart.
 */
export function matchKey(
  run: { software: string; host: string | null; jobName: string; jobType: string },
  origin: string,
): string {
  return [run.software, run.host ?? origin, run.jobName, run.jobType].map(normalised).join("|");
}

function normalised(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll("|", "/").replace(/\s+/g, " ").trim();
}
