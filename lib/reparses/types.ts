import type { ParsedRun } from "../mail/parse/types";
import type { MailKind } from "../mails/rules";
import type { RunStatus } from "../statuses";

/** Which mails are read once more. Pure: for both sides. */
export type ReparseChoice = ({ which: "mails"; ids: string[] } | { which: "days"; days: number } | { which: "all" }) & {
  /** Mails whose source is not kept any more. */
  skipped: number;
  /** Said when it is applied: runs that somebody has reviewed change too. */
  alsoReviewed?: boolean;
};

/** What was read of a mail, as far as a change of it matters to people. */
export type Reading = {
  kind: MailKind;
  results: {
    jobName: string;
    host: string | null;
    status: RunStatus;
    startedAt: string | null;
    endedAt: string | null;
    sizeBytes: number | null;
    objects: number;
    matchKey: string;
  }[];
};

/** @param mail its kind, with several results a digest. */
export function readingOf({ kind, runs }: { kind: MailKind; runs: readonly ParsedRun[] }): Reading {
  return {
    kind,
    results: runs.map(({ jobName, host, status, startedAt, endedAt, sizeBytes, objects, matchKey }) => ({
      ...{ jobName, host, status, startedAt, endedAt, sizeBytes, matchKey },
      objects: objects.length,
    })),
  };
}

/** The database gives the keys of an object back in an order of its own, but this one made both. */
export const isSame = (one: Reading, other: Reading): boolean => JSON.stringify(one) === JSON.stringify(other);

/** @returns "12 mails of the last 30 days". */
export function choiceInWords(choice: Partial<ReparseChoice>): string {
  if (choice.which === "mails") return choice.ids?.length === 1 ? "One mail" : "Selected mails";
  if (choice.which === "days") return `Mails of the last ${choice.days} days`;
  return "All mails";
}

export const stateLabels = {
  reading: "Being read",
  ready: "Waits for a decision",
  applying: "Being applied",
  applied: "Applied",
  cancelled: "Cancelled",
  failed: "Failed",
} as const;
