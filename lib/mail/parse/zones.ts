import type { MailTime } from "./view";

const minute = 60_000;
// The offsets of the world that are no whole hours.
const odd = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];
const whole = Array.from({ length: 27 }, (_, i) => (i - 12) * 60);

export type Zone = { offsetMinutes: number; guessed: boolean };

/**
 * The offset of a machine that states local times without a zone: its end time (milliseconds, as if UTC) lies just before the moment the
 * mail was sent. The Date header's own offset belongs to a mail server elsewhere, and is only the guess of last resort.
 */
export function zoneOf(localEnd: number | null, when: MailTime): Zone {
  const guess = { offsetMinutes: when.sentOffsetMinutes ?? 0, guessed: true };
  if (localEnd === null || when.forwarded || when.sentOffsetMinutes === null) return guess;
  const ahead = (localEnd - when.sent) / minute;
  const found = delayed(whole, ahead, -5, 20) ?? delayed(odd, ahead, -5, 5) ?? delayed(whole, ahead, 20, 55);
  return found === undefined ? guess : { offsetMinutes: found, guessed: false };
}

function delayed(offsets: number[], ahead: number, from: number, to: number): number | undefined {
  return offsets.find((offset) => offset - ahead >= from && offset - ahead <= to);
}

/** A local time (milliseconds, as if UTC) as ISO 8601 in UTC. */
export function toInstant(local: number | null, zone: Zone): string | null {
  return local === null ? null : new Date(local - zone.offsetMinutes * minute).toISOString();
}

/** What to say of times that were read in a zone that is only a guess. */
export function zoneNotes(zone: Zone): string[] {
  return zone.guessed ? ["The mail names no time zone; its times may be hours off."] : [];
}
