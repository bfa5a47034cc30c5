import { readBody } from "@/lib/body";
import { personDoor, problem } from "@/lib/door";
import { UserError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import { getImpact } from "@/lib/insight/queries";
import { draftSchema } from "@/lib/roles/draft";
import { DRAFT_FIELD, unpacked } from "@/lib/roles/wire";

/** Room for as many marks as a role may have. */
const LIMIT = 8 * 1024 * 1024;

/** What storing a draft would change: the role's id as `?role=` (none for a new one), the draft as it travels in forms as the body. */
export const POST = personDoor("roles.manage", "role.impact", async (_access, request) => {
  const roleId = new URL(request.url).searchParams.get("role");
  const body = await readBody(request, LIMIT).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  if (body instanceof UserError) return problem(413, `The draft ${body.message}`);
  const sent = Object(await unpacked({ [DRAFT_FIELD]: body.toString("utf8") }));
  // A name that is not finished yet changes nothing about what the role gives.
  const parsed = draftSchema.safeParse({ ...sent, name: "-", description: "" });
  if (!parsed.success || (roleId !== null && !isId(roleId))) return problem(422, "This is no draft of a role.");
  const impact = await getImpact(roleId, parsed.data);
  return impact ? Response.json(impact) : problem(404, "This role does not exist any more.");
});
