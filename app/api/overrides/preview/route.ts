import { personDoor } from "@/lib/door";
import { previewOverride } from "@/lib/overrides/drafting";
import { patternSchema } from "@/lib/overrides/schema";

/** How many runs an override that is being typed would treat as successes; null while something is missing. */
export const GET = personDoor("overrides.manage", "override.preview", async (_access, request) => {
  const { searchParams } = new URL(request.url);
  const typed = { ...Object.fromEntries(searchParams), statuses: searchParams.getAll("statuses[]") };
  const pattern = patternSchema.safeParse(typed);
  return Response.json(pattern.success ? await previewOverride(pattern.data) : null);
});
