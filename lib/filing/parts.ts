import { createHash } from "node:crypto";
import { oneLine } from "../mail/parse/text";
import type { MailKind, ParsedRun, ReadMail } from "../mail/parse/types";
import { statusLabels } from "../statuses";
import { partMessage } from "./part-message";

/** A mail with results of several jobs is taken apart: whoever may see one of the jobs reads nothing of the others. */

type Read = Pick<ReadMail, "subject" | "fromAddress" | "fromName" | "sentAt" | "runs">;

/** One result of a digest, as a mail of its own. */
export type Part = {
  /** Counted from 1, in the order of the digest. */
  part: number;
  /** The same for the same result, also when the digest is read once more and other results were found in it. */
  dedupeKey: string;
  subject: string;
  text: string;
  raw: Buffer;
  kind: Extract<MailKind, "run" | "unknown">;
  run: ParsedRun;
};

/** @returns what a mail is once its results were counted: several in one mail make it a digest. */
export const kindOf = ({ kind, runs }: Pick<ReadMail, "kind" | "runs">): MailKind =>
  kind === "run" && runs.length > 1 ? "digest" : kind;

/** @param dedupeKey of the digest. @returns its results as mails, each with nothing of the others. */
export function partsOf(dedupeKey: string, digest: Read): Part[] {
  const seen = new Map<string, number>();
  return digest.runs.map((run, index) => {
    const identity = [run.matchKey, run.startedAt, run.endedAt, run.status].join("\n");
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    // How many other results there are, and the digest's own subject, would tell of customers that one may not see.
    const subject = `${nameOf(run)}: ${statusLabels[run.status]} (part of a digest)`;
    const text = textOf(run);
    return {
      part: index + 1,
      dedupeKey: `part:${digestOf(`${dedupeKey}\n${identity}\n${before}`)}`,
      subject,
      text,
      raw: partMessage({ ...digest, subject, text }),
      kind: run.status !== "unknown" && run.jobName !== "" ? "run" : "unknown",
      run,
    };
  });
}

/** The same plan runs on many machines. */
function nameOf({ jobName, host }: ParsedRun): string {
  const name = oneLine(jobName) || "A job without a name";
  return host && !name.toLowerCase().includes(host.toLowerCase()) ? `${name} on ${oneLine(host)}` : name;
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

function textOf(run: ParsedRun): string {
  const told: [string, string | number | null][] = [
    ["Job", run.jobName],
    ["Software", run.software],
    ["Host", run.host],
    ["Status", statusLabels[run.status]],
    ["Message", run.message],
    ["Started", run.startedAt],
    ["Ended", run.endedAt],
  ];
  const facts = told.filter(([, value]) => value).map(([label, value]) => `${label}: ${oneLine(String(value))}`);
  const objects = run.objects.map(
    ({ name, status, message }) => `${name}: ${statusLabels[status]}${message ? `, ${message}` : ""}`,
  );
  const words = [...new Set(run.evidence.map(({ text }) => text))];
  return [
    facts,
    objects.length > 0 ? ["Objects:", ...objects] : [],
    words.length > 0 ? ["In the words of the mail:", ...words] : [],
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}
