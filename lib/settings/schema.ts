import { z } from "zod";
import { dayModes } from "../days/rules";
import { fields } from "../form";
import { liveModes } from "./rules";

const whole = (label: string, min: number, max: number) =>
  z.coerce
    .number(`Enter ${label} as a number.`)
    .int("Enter a whole number.")
    .min(min, `At least ${min}.`)
    .max(max, `At most ${max}.`);

/** What an account may choose, with its limits. */
export const settingsSchema = z.object({
  account_name: fields.line("a name", 60),
  time_zone: z.string().refine(isTimeZone, "Choose a time zone from the list."),
  password_minimum_length: whole("a length", 8, 64),
  sign_in_failure_limit: whole("a number", 3, 100),
  sign_in_wait_minutes: whole("minutes", 1, 1440),
  session_idle_hours: whole("hours", 1, 24 * 30),
  session_days: whole("days", 1, 365),
  day_status: z.enum(dayModes, "Choose one of the list."),
  reviews_plain_success: fields.checkbox,
  live: z.enum(liveModes, "Choose one of the list."),
  version: fields.version,
});

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
