import { z } from "zod";
import { fields } from "../form";

/** What a person may change about a job. What it is recognised by comes from its mails. */
export const jobSchema = z.object({
  id: fields.id,
  version: fields.version,
  name: fields.line("a name"),
  host: fields.optionalLine(),
  type: z.uuid("Choose a resource type."),
  customer: fields.line("a customer"),
  notes: fields.text(5000).transform((text) => text.replace(/\r\n?/g, "\n")),
});
