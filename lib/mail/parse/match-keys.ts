/**
 * The identity by which mails of one job find each other: "software|customer/host|job name|job type", in lower case, NFC, whitespace collapsed.
 * `origin` stands in for a host that the mail does not name (the sender), so that equal job names of two customers stay apart; so does
 * the customer, where the mail names one, since one sender may serve them all.
 */
export function matchKey(
  run: { software: string; customer?: string | null; host: string | null; jobName: string; jobType: string },
  origin: string,
): string {
  const place = [run.customer, run.host ?? origin].filter((part) => part != null).join("/");
  return [run.software, place, run.jobName, run.jobType].map(normalised).join("|");
}

function normalised(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll("|", "/").replace(/\s+/g, " ").trim();
}
