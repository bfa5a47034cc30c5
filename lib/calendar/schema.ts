import { z } from "zod";
import { fields } from "../form";
import { isDay } from "./days";
import { kinds, scopes } from "./types";

const target = {
  scope: z.enum(scopes, "Choose one of the list."),
  customer: fields.optionalId,
  job: fields.optionalId,
};

/** A form has only the fields of its kind; the others are empty. */
export const quietTimeFields = {
  kind: z.enum(kinds, "Choose one of the list."),
  name: fields.line("a name", 100),
  ...target,
  from_day: z.string().max(10).default(""),
  to_day: z.string().max(10).default(""),
  yearly: fields.checkbox,
  starts: z.string().max(30).default(""),
  ends: z.string().max(30).default(""),
};

type Typed = { kind: string; from_day: string; to_day: string; yearly: boolean };

/** @returns what is wrong with the days of a holiday, by field. */
export function dayProblem({ kind, from_day, to_day, yearly }: Typed): { field: string; message: string } | null {
  if (kind !== "holiday") return null;
  if (!isDay(from_day)) return { field: "from_day", message: "Enter a day." };
  if (to_day && !isDay(to_day)) return { field: "to_day", message: "Enter a day, or nothing." };
  if (to_day && to_day < from_day) return { field: "to_day", message: "It must not end before it begins." };
  const isYear = to_day && Date.parse(to_day) - Date.parse(from_day) >= 365 * 86_400_000;
  return yearly && isYear ? { field: "to_day", message: "Each year at most a year." } : null;
}

const checked = <S extends z.ZodObject>(schema: S) =>
  schema.superRefine((typed, context) => {
    const problem = dayProblem(typed as unknown as Typed);
    if (problem) context.addIssue({ code: "custom", path: [problem.field], message: problem.message });
  });

export const createSchema = checked(z.object(quietTimeFields));
export const updateSchema = checked(z.object({ ...quietTimeFields, id: fields.id, version: fields.version }));
export type QuietTimeInput = z.output<z.ZodObject<typeof quietTimeFields>>;

export const IMPORT_CHARACTERS = 300_000;
export const importSchema = z.object({
  ...target,
  list: z.string().trim().min(1, "Choose a file, or paste a list.").max(IMPORT_CHARACTERS, "The list is too long."),
});
