import { personDoor, problem } from "@/lib/door";
import { previewOverride } from "@/lib/overrides/drafting";
import { patternSchema } from "@/lib/overrides/schema";

/** How many runs an override that is being typed would treat as successes. */
export const GET = personDoor("overrides.manage", "override.preview", async (_access, request) => {
  const { searchParams } = new URL(request.url);
  const typed = { ...Object.fromEntries(searchParams), statuses: searchParams.getAll("statuses[]") };
  const pattern = patternSchema.safeParse(typed);
  if (!pattern.success) return problem(422, pattern.error.issues[0]?.message ?? "Fill in the form.");
  return Response.json(await previewOverride(pattern.data));
});
