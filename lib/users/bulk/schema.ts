import { z } from "zod";
import { fields } from "../../form";

const ids = fields.ids.pipe(z.array(z.string()).min(1, "Select at least one user."));

export const manySchema = z.object({ ids });
export const manyRoleSchema = z.object({
  ids,
  role: fields.id,
  /** Set by the dialog that names who would be left without a role. */
  no_role: fields.checkbox,
});
