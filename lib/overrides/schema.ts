import { z } from "zod";
import { fields } from "../form";
import { matches, type Pattern, scopes, treatable } from "./types";

/** What the form of an override says. */

const plain = {
  scope: z.enum(scopes, "Choose what it applies to."),
  software: fields.optionalLine(),
  customer: fields.optionalId,
  job: fields.optionalId,
  object: fields.optionalLine(500),
  statuses: z.array(z.enum(treatable)).default([]),
  match: z.enum(matches),
  match_text: z
    .string()
    .max(500, "At most 500 characters.")
    .regex(/^[^\0]*$/, "Remove the control characters.")
    .default(""),
};
type Plain = z.output<z.ZodObject<typeof plain>>;

/** What is needed to say which runs would count as successes. */
export const patternSchema = z.object(plain).superRefine(complete).transform(patternOf);

export const overrideSchema = z
  .object({
    ...plain,
    starts: z.string().trim().min(1, "Enter from when it counts."),
    ends: z.string().trim().default(""),
    reason: fields.line("a reason", 500),
  })
  .superRefine(complete)
  .transform((input) => ({ ...patternOf(input), starts: input.starts, ends: input.ends, reason: input.reason }));

function complete(input: Plain, context: z.RefinementCtx): void {
  const missing = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
  const { scope, statuses, match, match_text } = input;
  if (scope === "software" && !input.software) missing("software", "Choose a software.");
  if (scope === "customer" && !input.customer) missing("customer", "Choose a customer from the list.");
  if ((scope === "job" || scope === "object") && !input.job) missing("job", "Choose a job from the list.");
  if (scope === "object" && !input.object) missing("object", "Enter the name of the object.");
  if (statuses.length === 0) missing("statuses", "Choose at least one result.");
  if (match !== "any" && match_text.trim() === "") missing("match_text", "Enter what the message says.");
}

/** What was typed for another scope than the chosen one is left out. */
function patternOf({ scope, software, customer, job, object, statuses, match, match_text }: Plain): Pattern {
  return {
    scope,
    software: scope === "software" ? software : null,
    customerId: scope === "customer" ? customer : null,
    jobId: scope === "job" || scope === "object" ? job : null,
    objectName: scope === "object" ? object : null,
    statuses: treatable.filter((status) => statuses.includes(status)),
    match,
    matchText: match === "any" ? "" : match_text.trim(),
  };
}
