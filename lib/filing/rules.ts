import type { ParsedObject, ParsedRun } from "../mail/parse/types";
import type { MailKind } from "../mails/rules";
import type { RunStatus } from "../statuses";

/** What filing needs to know of a mail. */
export type Filed = {
  id: string;
  kind: MailKind;
  parsed: ParsedRun[];
  error: string | null;
  sentAt: Date | null;
  receivedAt: Date;
  senderCheck: "unchecked" | "passed" | "failed";
};

/** A row of `runs` but for its job, and its rows of `run_objects` but for their run. */
export type RunRow = {
  mailId: string;
  status: RunStatus;
  message: string | null;
  ranAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  durationSeconds: number | null;
  sizeBytes: number | null;
  transferredBytes: number | null;
  notes: string[];
  objects: ParsedObject[];
};

/** Clocks differ: a moment this far after the receipt is still now, as lib/mail/parse sees it too. */
const CLOCK_DIFFERENCE_MS = 10 * 60_000;
/** What a column of the database can hold: numbers in mails are whatever somebody wrote. */
const MAX_SECONDS = 2 ** 31 - 1;
const WORST_FIRST: RunStatus[] = ["failed", "missed", "unknown", "warning", "success"];

/** @returns the run that a mail tells of. What was not recognised, or is not to be believed, is never a success. */
export function toRun(mail: Filed): RunRow {
  const [first, ...others] = mail.parsed;
  if (!first || others.length > 0) return summaryRun(mail);
  const [startedAt, endedAt] = [moment(first.startedAt), moment(first.endedAt)];
  const doubt = doubtOf(mail, [startedAt, endedAt, mail.sentAt]);
  const believed = (status: RunStatus): RunStatus => (doubt !== null && status === "success" ? "unknown" : status);
  return {
    mailId: mail.id,
    status: mail.kind === "run" ? believed(first.status) : "unknown",
    message: first.message ?? doubt ?? (mail.kind === "run" ? null : reason(mail)),
    ranAt: ranAt(mail, startedAt, endedAt, first.durationSeconds),
    startedAt,
    endedAt,
    durationSeconds: bounded(first.durationSeconds, MAX_SECONDS),
    sizeBytes: bounded(first.sizeBytes, Number.MAX_SAFE_INTEGER),
    transferredBytes: bounded(first.transferredBytes, Number.MAX_SAFE_INTEGER),
    notes: first.notes,
    objects: first.objects.map((object) => ({
      ...object,
      status: believed(object.status),
      sizeBytes: bounded(object.sizeBytes, Number.MAX_SAFE_INTEGER),
      durationSeconds: bounded(object.durationSeconds, MAX_SECONDS),
    })),
  };
}

/** @returns why a success that the mail tells of is not believed, or null. */
function doubtOf({ senderCheck, receivedAt }: Filed, times: readonly (Date | null)[]): string | null {
  if (senderCheck === "failed") return "The sender could not be verified, so a success is not believed.";
  const latest = receivedAt.getTime() + CLOCK_DIFFERENCE_MS;
  return times.some((at) => at !== null && at.getTime() > latest) ? "The time in the mail lies in the future." : null;
}

/** A mail without a result, or with several: one run, as bad as the worst of them, which become its objects. */
function summaryRun(mail: Filed): RunRow {
  const results = mail.kind === "run" ? mail.parsed : [];
  const doubt = doubtOf(mail, [mail.sentAt]);
  const status = worst(results.map(({ status }) => status));
  return {
    mailId: mail.id,
    status: doubt !== null && status === "success" ? "unknown" : status,
    message: doubt ?? (results.length > 0 ? `${results.length} results in one mail.` : reason(mail)),
    ranAt: ranAt(mail, null, null, null),
    startedAt: null,
    endedAt: null,
    durationSeconds: null,
    sizeBytes: null,
    transferredBytes: null,
    notes: [],
    objects: results.map(({ jobName, status, message, sizeBytes, durationSeconds }) => ({
      name: jobName,
      status,
      message,
      sizeBytes: bounded(sizeBytes, Number.MAX_SAFE_INTEGER),
      durationSeconds: bounded(durationSeconds, MAX_SECONDS),
    })),
  };
}

/** @returns the worst of some statuses; of none: unknown. */
export function worst(statuses: readonly RunStatus[]): RunStatus {
  return WORST_FIRST.find((status) => statuses.includes(status)) ?? "unknown";
}

/**
 * When it ran: the start that the mail names, else its end less the duration, else when it was sent, else when it came;
 * never later than it came.
 */
function ranAt(
  { sentAt, receivedAt }: Filed,
  startedAt: Date | null,
  endedAt: Date | null,
  seconds: number | null,
): Date {
  const begun = endedAt && new Date(endedAt.getTime() - (bounded(seconds, MAX_SECONDS) ?? 0) * 1000);
  const named = startedAt ?? begun ?? sentAt ?? receivedAt;
  return named > receivedAt ? receivedAt : named;
}

const reason = ({ error }: Filed): string => error ?? "The result was not recognised.";

const bounded = (value: number | null, max: number): number | null =>
  value === null || !Number.isFinite(value) || value < 0 || value > max ? null : Math.round(value);

function moment(iso: string | null): Date | null {
  const at = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(at) ? null : new Date(at);
}

/** The identity by which later mails find the job: only of a mail with exactly one recognised result. */
export function keyOf(mail: { kind: Filed["kind"]; parsed: readonly { matchKey: string }[] }): string | null {
  const [only, ...others] = mail.parsed;
  return mail.kind === "run" && only && others.length === 0 ? only.matchKey : null;
}
