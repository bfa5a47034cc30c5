import { z } from "zod";
import { fields } from "../../form";

/** Two jobs that are one: the first is dissolved into the second. */
export const mergeSchema = z
  .object({ id: fields.id, into: z.uuid("Choose a job.") })
  .refine(({ id, into }) => id !== into, { path: ["into"], message: "Choose another job." });

/** A key as a form carries it: what mails say, and from whom. */
const key = z.object({
  match_key: z.string().min(1).max(2000),
  sender: z.string().max(320),
});

export const keySchema = key.extend({ id: fields.id });
export const moveKeySchema = keySchema.extend({ into: z.uuid("Choose a job.") });

/** Chosen keys, each as JSON, because a checkbox has one value. */
export const splitSchema = z.object({
  id: fields.id,
  name: fields.line("a name"),
  host: fields.optionalLine(),
  keys: z
    .array(z.string().max(4000))
    .max(1000)
    .default([])
    .transform((all, context) => {
      const parsed = z.array(key).safeParse(all.map(fromJson));
      if (parsed.success && parsed.data.length > 0) return parsed.data;
      context.addIssue({ code: "custom", message: "Choose what belongs to the new job." });
      return z.NEVER;
    }),
});

/** @returns what `splitSchema` reads as a key. */
export const keyValue = ({ matchKey, sender }: { matchKey: string; sender: string }): string =>
  JSON.stringify({ match_key: matchKey, sender });

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
