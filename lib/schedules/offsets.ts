import { MINUTE } from "./types";

/** What the clock of the sending machine shows, from mails that print local times without a zone. Pure. */

export type Sample = { sentAt: Date | null; parsed: unknown };

const ENOUGH = 3;
const STEP = 15;
const REST = 5;
const ROUND = 1440;

/**
 * The end that the mail prints and the moment it was sent are the same moment on two clocks; the Date header's own offset belongs to a
 * mail server elsewhere and is never used.
 * @returns minutes ahead of UTC, when three of the mails agree and none says otherwise; else null.
 */
export function observedOffset(samples: readonly Sample[]): number | null {
  const found = samples.map(offsetOf).filter((offset) => offset !== null);
  const [first] = found;
  return first !== undefined && found.length >= ENOUGH && found.every((offset) => offset === first) ? first : null;
}

function offsetOf({ sentAt, parsed }: Sample): number | null {
  const printed = sentAt && printedEnd(parsed);
  if (!sentAt || printed === null) return null;
  const sent = Math.floor(sentAt.getTime() / MINUTE) % ROUND;
  const ahead = (((printed - sent) % ROUND) + ROUND) % ROUND;
  const rounded = Math.round(ahead / STEP) * STEP;
  if (Math.abs(ahead - rounded) > REST) return null;
  // Clocks are at most 14 hours ahead.
  return rounded > 14 * 60 ? rounded - ROUND : rounded;
}

/** A time with a zone of its own needs no guess. */
const PRINTED = /(?:^|[^\d:])(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?\s*(.*)$/i;
const ZONED = /^(?:[+-]\d|z\b|utc|gmt|[a-z]{2,4}t\b)/i;

/** @returns minutes after midnight of the end as the mail prints it. */
function printedEnd(parsed: unknown): number | null {
  const [run, ...others] = Array.isArray(parsed) ? parsed : [];
  const evidence: unknown = others.length === 0 ? (run as { evidence?: unknown } | undefined)?.evidence : null;
  if (!Array.isArray(evidence)) return null;
  const text = (evidence as { field?: string; text?: string }[]).find(({ field }) => field === "endedAt")?.text;
  const match = PRINTED.exec(text?.slice(0, 200) ?? "");
  if (!match || ZONED.test(match[4] ?? "")) return null;
  const half = match[3]?.toLowerCase()[0];
  const hour = Number(match[1]) % (half ? 12 : 24);
  return (hour + (half === "p" ? 12 : 0)) * 60 + Number(match[2]);
}
