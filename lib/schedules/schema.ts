import { z } from "zod";
import { fields } from "../form";
import { expectations } from "./expectation";
import { planProblem, tidyPlan } from "./plan";
import type { Schedule } from "./types";
import { isZone } from "./zones";

const time = z.string().max(5);
const times = z.array(time).max(100);
const weekday = z.int().min(1).max(7);
const monthDay = z.union([
  z.strictObject({ day: z.int() }),
  z.strictObject({ last: z.literal(true) }),
  z.strictObject({ nth: z.int(), weekday }),
]);
const shape = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("weekly"),
    at: z.array(z.strictObject({ time, weekdays: z.array(weekday).max(7) })).max(100),
  }),
  z.strictObject({ kind: z.literal("every"), days: z.number(), anchor: z.string().max(10), times }),
  z.strictObject({ kind: z.literal("monthly"), on: z.array(monthDay).max(40), times }),
  z.strictObject({ kind: z.literal("interval"), hours: z.number(), anchor: z.string().max(40) }),
]);

/** A schedule as the form sends it: text of JSON, or nothing. */
const plan = z
  .string()
  .max(10_000)
  .default("")
  .transform((text, context): Schedule | null => {
    if (!text) return null;
    const parsed = shape.safeParse(jsonOf(text));
    const problem = parsed.success ? planProblem(parsed.data) : "Enter when it runs.";
    if (parsed.success && !problem) return tidyPlan(parsed.data);
    context.addIssue({ code: "custom", message: problem ?? "" });
    return z.NEVER;
  });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const optionalNumber = (label: string, least: number, most: number) =>
  z
    .string()
    .trim()
    .default("")
    .transform((text, context) => {
      if (text === "") return null;
      const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= least && value <= most) return value;
      context.addIssue({
        code: "custom",
        message: `Enter ${label} as a whole number, ${least} to ${most.toLocaleString("en")}.`,
      });
      return z.NEVER;
    });

/** "" for that of the customer or account. */
export const zoneField = z
  .string()
  .max(100)
  .default("")
  .refine((zone) => zone === "" || isZone(zone), "Choose a time zone from the list.")
  .transform((zone) => zone || null);

export const scheduleSchema = z
  .object({
    id: fields.id,
    version: fields.version,
    expects: z.enum(expectations, "Choose one of the list."),
    plan,
    grace: optionalNumber("the minutes", 0, 20_160),
    quiet_days: optionalNumber("the days", 1, 400),
    time_zone: zoneField,
  })
  .refine(({ expects, plan }) => expects !== "planned" || plan !== null, {
    path: ["plan"],
    message: "Enter when it runs.",
  });

export const pauseSchema = z.object({
  id: fields.id,
  until: z.string().max(30).default(""),
  reason: fields.optionalLine(200),
});
