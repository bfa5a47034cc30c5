import { z } from "zod";
import { fields } from "../form";
import { daysOf, daysProblem, type Kept } from "./rules";

const days = (kind: Kept) =>
  z
    .string()
    .default("")
    .superRefine((typed, context) => {
      const message = daysProblem(kind, typed);
      if (message) context.addIssue({ code: "custom", message });
    })
    .transform(daysOf);

/** How long things are kept, as it is typed. */
export const retentionSchema = z.object({ mails: days("mails"), runs: days("runs"), audit: days("audit") });

export const storedRetentionSchema = retentionSchema.extend({ version: fields.version });
