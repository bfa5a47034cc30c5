import type { RunStatus } from "../../statuses";
import { limits } from "./limits";
import { matchKey } from "./match-keys";
import type { Said } from "./said";
import { quote, quoter } from "./shown";
import { oneLine } from "./text";
import type { Evidence, ParsedObject, ParsedRun } from "./types";
import type { MailView } from "./view";

const day = 86_400_000;
const minute = 60_000;

/** A field with the words that say so, or without; a text without is looked for in the mail itself. */
type Maybe<T> = Said<T> | T | null;

/** An object; `from` are the words that say its status, such as its row of a table. */
export type FoundObject = ParsedObject & { from?: string | readonly string[] };

/** A parser gives what it found; the rest is filled in here. Times are ISO 8601 in UTC. */
export type Found = Pick<ParsedRun, "software" | "jobType" | "resourceType"> & {
  jobName: Said<string> | string;
  status: Said<RunStatus> | RunStatus;
  objects?: FoundObject[];
  notes?: string[];
} & { [Field in "customer" | "host" | "message" | "scheduledAt" | "startedAt" | "endedAt"]?: Maybe<string> } & {
  [Field in "durationSeconds" | "sizeBytes" | "transferredBytes"]?: Maybe<number>;
};

const quoted = [
  "status",
  "message",
  "customer",
  "jobName",
  "host",
  "scheduledAt",
  "startedAt",
  "endedAt",
  "durationSeconds",
  "sizeBytes",
  "transferredBytes",
] as const;

/** A whole run from what a parser found: names tidied, key made, words of the mail quoted, times checked against the mail. */
export function toRun(given: Found, view: MailView): ParsedRun {
  const found = withObjects(given);
  const host = plain(found.host);
  const message = plain(found.message);
  const customer = plain(found.customer);
  const named = {
    software: found.software,
    customer: customer ? oneLine(customer, 200) : null,
    host: host ? oneLine(host, 200) : null,
    jobName: oneLine(plain(found.jobName) ?? "", 200),
    jobType: found.jobType,
  };
  const scheduledAt = plain(found.scheduledAt);
  const startedAt = plain(found.startedAt);
  const endedAt = plain(found.endedAt);
  const objects = (found.objects ?? []).slice(0, limits.objects);
  return {
    ...named,
    resourceType: found.resourceType,
    status: plain(found.status) ?? "unknown",
    message: message ? oneLine(message) : null,
    ...(scheduledAt && { scheduledAt }),
    startedAt,
    endedAt,
    durationSeconds: plain(found.durationSeconds) ?? secondsBetween(startedAt, endedAt),
    sizeBytes: plain(found.sizeBytes),
    transferredBytes: plain(found.transferredBytes),
    objects: objects.map(({ from: _, ...object }) => object),
    matchKey: matchKey(named, view.fromAddress),
    evidence: [...evidenceOf(found, view), ...objectEvidence(objects, view)],
    notes: [...(found.notes ?? []), ...doubts(startedAt, endedAt, view)],
  };
}

// A success of the whole is not believed against one of its parts.
function withObjects(found: Found): Found {
  if (plain(found.status) !== "success") return found;
  const ranks = ["failed", "missed", "warning", "unknown"] as const;
  const order = ranks.map((rank) => found.objects?.find(({ status }) => status === rank));
  const worst = order.find((object) => object !== undefined);
  if (!worst) return found;
  const from = worst.from ?? worst.name;
  return {
    ...found,
    status: { value: worst.status, from },
    message: { value: `${worst.name}: ${worst.message ?? worst.status}`, from: [worst.message ?? "", from].flat() },
    notes: [...(found.notes ?? []), "The mail calls the whole a success, but not all of its parts."],
  };
}

/** The value of a field, whichever way it was given. */
export function plain<T extends string | number>(field: Maybe<T> | undefined): T | null {
  return typeof field === "object" ? (field?.value ?? null) : (field ?? null);
}

function secondsBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null;
  const seconds = Math.round((Date.parse(end) - Date.parse(start)) / 1000);
  return seconds >= 0 ? seconds : null;
}

function evidenceOf(found: Found, view: MailView): Evidence[] {
  const entry = (field: string, from: readonly string[]) => {
    const text = from.map((words) => quote(view.shown, words)).find((words) => words !== null);
    return text === undefined || text === null ? [] : [{ field, text }];
  };
  const entries = quoted.flatMap((field) => entry(field, wordsOf(found[field])));
  // A duration that the mail does not name is the time between its start and its end.
  const derived = plain(found.durationSeconds) === null && plain(found.startedAt) && plain(found.endedAt);
  const between = derived ? [found.startedAt, found.endedAt] : [];
  const duration = between.flatMap((field) => entry("durationSeconds", wordsOf(field)));
  return [...entries, ...duration];
}

function wordsOf(field: Maybe<string | number> | undefined): readonly string[] {
  if (typeof field === "string") return [field];
  if (typeof field !== "object" || field === null || field.value === "") return [];
  return typeof field.from === "string" ? [field.from] : field.from;
}

function objectEvidence(objects: FoundObject[], view: MailView): Evidence[] {
  const quoteNext = quoter(view.shown);
  return objects.flatMap(({ from = [], name }, i) => {
    const text = quoteNext(typeof from === "string" ? [from] : from.length > 0 ? from : [name]);
    return text === null ? [] : [{ field: `objects.${i}`, text }];
  });
}

function doubts(startedAt: string | null, endedAt: string | null, view: MailView): string[] {
  const times = [startedAt, endedAt].filter((time) => time !== null).map((time) => Date.parse(time));
  const notes: string[] = [];
  if (view.when.future) notes.push("The mail is dated in the future.");
  if (times.some((time) => time > view.when.received + 10 * minute))
    notes.push("The time in the mail lies in the future.");
  if (times.some((time) => time < view.when.sent - 2 * day))
    notes.push("The run is more than two days older than the mail.");
  return notes;
}
