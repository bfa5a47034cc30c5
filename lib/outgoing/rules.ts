/** When what was not taken is sent again, and what people type on the page of notifications. Pure: for both sides. */

const MINUTE = 60;
const FIRST_DELAYS = [MINUTE, 5 * MINUTE, 15 * MINUTE];
const HOUR = 60 * MINUTE;
/** One minute, five, fifteen, then hourly: after a day of them it is given up. */
export const MOST_ATTEMPTS = 27;

/** @param attempts made so far, from 1. @returns seconds until the next one. */
export const delayAfter = (attempts: number): number => FIRST_DELAYS[attempts - 1] ?? HOUR;

export type DeliveryState = "sent" | "waiting" | "again" | "failed";

/** @returns how far a delivery is. */
export function stateOf(row: { sentAt: Date | null; failedAt: Date | null; attempts: number }): DeliveryState {
  if (row.sentAt) return "sent";
  if (row.failedAt) return "failed";
  return row.attempts === 0 ? "waiting" : "again";
}

/** @returns one line without control characters, for heads of mails and for words about what a server answered. */
export const oneLine = (text: string, most = 300): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, most);
