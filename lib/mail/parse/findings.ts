import type { RunStatus } from "../../statuses";
import { readClock, readInstant, readLocalMoment } from "./dates";
import { type Found, plain } from "./runs";
import { reading, type Said } from "./said";
import type { MailView } from "./view";
import { toInstant, zoneOf } from "./zones";

// Within a known product a word that is not understood outweighs a success, and nothing else.
const rank: Record<RunStatus, number> = { success: 0, unknown: 1, warning: 2, missed: 3, failed: 4 };

const longestEdge = 100_000;

/**
 * A mail without the middle of a very long text: what a product says of the whole stands before or behind its log, and every label that
 * is looked for walks through the text once more.
 */
export function edgesOf(view: MailView): MailView {
  return { ...view, text: edges(view.text), htmlText: edges(view.htmlText) };
}

function edges(text: string): string {
  if (text.length <= 2 * longestEdge) return text;
  const head = text.slice(0, longestEdge);
  const tail = text.slice(-longestEdge);
  return `${head.slice(0, head.lastIndexOf("\n") + 1)}${tail.slice(tail.indexOf("\n") + 1)}`;
}

/** A value with the words that say so; null when there is none. */
export function said<T>(value: T | null | undefined, from: string | readonly string[]): Said<T> | null {
  return value === null || value === undefined ? null : { value, from };
}

/**
 * The worst of what the parts of a mail say; null stands for a part that says nothing, "unknown" for one that is not understood.
 * When none says anything it is "unknown", quoted by `otherwise`.
 */
export function worstSaid(all: readonly (Said<RunStatus> | null)[], otherwise: string): Said<RunStatus> {
  const known = all.filter((part) => part !== null);
  const worst = known.reduce<Said<RunStatus> | null>((a, b) => (a && rank[a.value] >= rank[b.value] ? a : b), null);
  return worst ?? { value: "unknown", from: otherwise };
}

/** A count behind a label or before a word, as a status: `bad` when it is above zero, `good` (or nothing) at zero. */
export function countSaid(count: Said<number> | null, bad: RunStatus, good: RunStatus | null): Said<RunStatus> | null {
  return reading(count, (number) => (number > 0 ? bad : good));
}

/** The first group of the first match in a text, trimmed, with the whole match as the words that say so; null without a match. */
export function firstGroup(text: string, pattern: RegExp): Said<string> | null {
  const match = pattern.exec(text);
  const value = match?.[1]?.trim();
  return match && value ? { value, from: [match[0].trim(), value] } : null;
}

/**
 * Start and end from what a mail states, with a zone or as local times of some machine. Where only the start and the length in seconds
 * are stated, the end follows from them.
 */
export function timesOf(
  view: MailView,
  start: Said<string> | null,
  end: Said<string> | null,
  seconds: number | null = null,
): Required<Pick<Found, "startedAt" | "endedAt" | "notes">> {
  const exact = { startedAt: reading(start, exactly), endedAt: reading(end, exactly) };
  if (exact.startedAt || exact.endedAt) return { ...exact, notes: [] };
  const localEnd = local(end, view.when.sent);
  const localStart = local(start, localEnd ?? view.when.sent);
  const reached = localEnd ?? (localStart === null || seconds === null ? null : localStart + seconds * 1000);
  const zone = zoneOf(reached, view.when);
  const stated = localStart !== null || localEnd !== null;
  return {
    startedAt: said(toInstant(localStart, zone), start?.from ?? []),
    endedAt: said(toInstant(reached, zone), (localEnd === null ? start : end)?.from ?? []),
    notes: stated && zone.guessed ? ["The mail names no time zone; its times may be hours off."] : [],
  };
}

/**
 * When a run was planned, where a mail states that beside its start: with a zone, or by the same clock as its start.
 * @param startedAt of the same mail, as `timesOf` read it.
 */
export function plannedFor(
  planned: Said<string> | null,
  start: Said<string> | null,
  startedAt: Found["startedAt"],
): Said<string> | null {
  const exact = reading(planned, exactly);
  const started = plain(startedAt);
  if (exact || planned === null || started === null) return exact;
  const [from, to] = [planned, start].map((one) => local(one, Date.parse(started)));
  if (typeof from !== "number" || typeof to !== "number") return null;
  return said(new Date(Date.parse(started) - (to - from)).toISOString(), planned.from);
}

function exactly(text: string): string | null {
  const instant = readInstant(text);
  return instant === null ? null : new Date(instant).toISOString();
}

function local(stated: Said<string> | null, near: number): number | null {
  return stated === null || readClock(stated.value) === null ? null : readLocalMoment(stated.value, near);
}
