import { z } from "zod";
import { fields } from "../form";
import { LONGEST_DAYS } from "./rules";
import { type ReportFilters, reportKinds, reportPeriods } from "./types";

/** What is typed about a saved report. */
export const contentSchema = z.object({
  name: fields.line("a name", 120),
  kind: z.enum(reportKinds).default("results"),
  period: z.enum(reportPeriods).default("days"),
  days: z.coerce
    .number("Enter a number of days.")
    .int("Enter whole days.")
    .min(1, "At least one day.")
    .max(LONGEST_DAYS, `At most ${LONGEST_DAYS} days.`)
    .default(30),
  customer: fields.optionalId,
  group: fields.optionalId,
  type: fields.optionalId,
  software: fields.optionalLine(),
});
export type ReportContent = z.output<typeof contentSchema>;

/** @returns the filters that are set. */
export const filtersOf = ({
  group,
  type,
  software,
}: Pick<ReportContent, "group" | "type" | "software">): ReportFilters => ({
  ...(group && { groupId: group }),
  ...(type && { typeId: type }),
  ...(software && { software }),
});

const MOST_RECIPIENTS = 20;

/** What is typed about its mailing. */
export const scheduleSchema = z.object({
  id: fields.id,
  version: fields.version,
  every: z.enum(["never", "day", "week", "month"]),
  weekday: z.coerce.number().int().min(1).max(7).default(1),
  day_of_month: z.coerce
    .number("Enter a day.")
    .int("Enter a whole day.")
    .min(1, "At least 1.")
    .max(28, "At most 28, which every month has.")
    .default(1),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Enter a time such as 07:00.")
    .default("07:00"),
  recipients: fields.text(5000).transform(addressesOf),
  attach: z.array(z.enum(["pdf", "csv"])).default([]),
});

function addressesOf(text: string, context: z.RefinementCtx): string[] {
  const all = [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
  const wrong = all.find((address) => !z.email().max(254).safeParse(address).success);
  if (wrong) context.addIssue({ code: "custom", message: `${wrong.slice(0, 100)} is no e-mail address.` });
  if (all.length > MOST_RECIPIENTS)
    context.addIssue({ code: "custom", message: `At most ${MOST_RECIPIENTS} recipients.` });
  return all;
}

/** What is asked for in the address of /reports and of its files. */
export const askedSchema = z.object({
  kind: z.enum(reportKinds).catch("results"),
  customer: z.string().catch(""),
  group: z.uuid().nullable().catch(null),
  type: z.uuid().nullable().catch(null),
  software: z.string().trim().max(200).catch(""),
});
