import { z } from "zod";
import { fields } from "../../form";
import { endFields } from "../schema";

const ids = fields.ids.pipe(z.array(z.string()).min(1, "Select at least one user."));

export const manySchema = z.object({ ids });
export const assignSchema = z.object({ ids, role: fields.id, ...endFields });
export const manyRoleSchema = z.object({
  ids,
  role: fields.id,
  /** Set by the dialog that names who would be left without a role. */
  no_role: fields.checkbox,
});
