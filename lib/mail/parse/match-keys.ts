/**
 * The identity by which mails of one job find each other: "software|customer/host|Job name|job type", NFC, whitespace collapsed, in lower
 * case but for the name: jobs whose names differ only in case may be two, which a person decides.
 * `origin` stands in for a host that the mail does not name (the sender), so that equal job names of two customers stay apart; so does
 * the customer, where the mail names one, since one sender may serve them all.
 */
export function matchKey(
  run: { software: string; customer?: string | null; host: string | null; jobName: string; jobType: string },
  origin: string,
): string {
  const place = [run.customer, run.host ?? origin].filter((part) => part != null).join("/");
  const lower = (text: string) => tidied(text).toLowerCase();
  return [lower(run.software), lower(place), tidied(run.jobName), lower(run.jobType)].join("|");
}

function tidied(text: string): string {
  return text.normalize("NFC").replaceAll("|", "/").replace(/\s+/g, " ").trim();
}
