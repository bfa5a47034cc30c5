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
const WORST_FIRST: RunStatus[] = ["failed", "missed", "unknown", "warning", "success"];

/** @returns the run that a mail tells of. What was not recognised, or is dated in the future, is never a success. */
export function toRun(mail: Filed): RunRow {
  const [first, ...others] = mail.parsed;
  if (!first || others.length > 0) return summaryRun(mail);
  const latest = mail.receivedAt.getTime() + CLOCK_DIFFERENCE_MS;
  const [startedAt, endedAt] = [moment(first.startedAt), moment(first.endedAt)];
  const future = [startedAt, endedAt, mail.sentAt].some((at) => at !== null && at.getTime() > latest);
  const doubtful = mail.kind !== "run" || (future && first.status === "success");
  return {
    mailId: mail.id,
    status: doubtful ? "unknown" : first.status,
    message: first.message ?? (future ? "The time in the mail lies in the future." : doubtful ? reason(mail) : null),
    ranAt: ranAt(mail, startedAt),
    startedAt,
    endedAt,
    durationSeconds: bounded(first.durationSeconds, MAX_SECONDS),
    sizeBytes: bounded(first.sizeBytes, Number.MAX_SAFE_INTEGER),
    transferredBytes: bounded(first.transferredBytes, Number.MAX_SAFE_INTEGER),
    notes: first.notes,
    objects: first.objects.map((object) => ({
      ...object,
      sizeBytes: bounded(object.sizeBytes, Number.MAX_SAFE_INTEGER),
      durationSeconds: bounded(object.durationSeconds, MAX_SECONDS),
    })),
  };
}

/** A mail without a result, or with several: one run, as bad as the worst of them, which become its objects. */
function summaryRun(mail: Filed): RunRow {
  const results = mail.kind === "run" ? mail.parsed : [];
  return {
    mailId: mail.id,
    status: worst(results.map(({ status }) => status)),
    message: results.length > 0 ? `${results.length} results in one mail.` : reason(mail),
    ranAt: ranAt(mail, null),
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

/** When it ran: the start that the mail names, else when it was sent, else when it came; never later than it came. */
function ranAt({ sentAt, receivedAt }: Filed, startedAt: Date | null): Date {
  const named = startedAt ?? sentAt ?? receivedAt;
  return named > receivedAt ? receivedAt : named;
}

const reason = ({ error }: Filed): string => error ?? "The result was not recognised.";

/** What a column of the database can hold: numbers in mails are whatever somebody wrote. */
const MAX_SECONDS = 2 ** 31 - 1;
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
