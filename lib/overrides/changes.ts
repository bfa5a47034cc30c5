import "server-only";
import type { z } from "zod";
import { UserError } from "../errors";
import { formatMoment, formatTyped } from "../format";
import { momentIn } from "../moments";
import type { overrideSchema } from "./schema";
import type { Stored } from "./stored";
import type { Pattern } from "./types";
import { messageOf, resultsOf, scopeLabels } from "./words";

type Typed = z.output<typeof overrideSchema>;
type Values = Pattern & { statuses: Stored["statuses"]; reason: string; startsAt: Date; endsAt: Date | null };

const MOST_DAYS_BACK = 366;
const DAY = 86_400_000;

/**
 * @param before what was stored: a moment that was left as it was shown (in minutes) stays what it was.
 * @returns the columns. @throws UserError at the field for moments that cannot be.
 */
export function valuesOf({ starts, ends, ...input }: Typed, timeZone: string, before?: Stored): Values {
  const read = (text: string, old: Date | null | undefined): Date | null =>
    old && formatTyped(old, timeZone) === text.slice(0, 16) ? old : momentIn(text, timeZone);
  const startsAt = read(starts, before?.startsAt);
  const endsAt = ends ? read(ends, before?.endsAt) : null;
  if (!startsAt) throw new UserError("Enter a day and a time.", "starts");
  if (ends && !endsAt) throw new UserError("Enter a day and a time, or nothing.", "ends");
  if (startsAt.getTime() < Date.now() - MOST_DAYS_BACK * DAY && startsAt !== before?.startsAt)
    throw new UserError("At most a year back.", "starts");
  if (endsAt && endsAt <= startsAt && endsAt !== before?.endsAt)
    throw new UserError("It must end after it begins.", "ends");
  return { ...input, statuses: [...input.statuses], startsAt, endsAt };
}

/** @returns the override by label, for the audit log and for who is told of a conflict. */
export const told = (values: Values | Stored, target: string, timeZone: string): Record<string, string> => ({
  "Applies to": `${scopeLabels[values.scope]}: ${target}`,
  Results: resultsOf(values),
  Message: messageOf(values),
  From: formatMoment(values.startsAt, timeZone),
  Until: values.endsAt ? formatMoment(values.endsAt, timeZone) : "",
  Reason: values.reason,
});
