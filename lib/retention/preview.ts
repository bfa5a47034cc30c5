import "server-only";
import { problem } from "../door";
import { previewRetention } from "./queries";
import { retentionSchema } from "./schema";

/** Answers `?mails=&runs=&audit=` (days as typed, empty for ever) with what would go: `Preview` of rules.ts; 422 for no days. */
export async function answerPreview(_access: unknown, request: Request): Promise<Response> {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = retentionSchema.safeParse(asked);
  return parsed.success ? Response.json(await previewRetention(parsed.data)) : problem(422, "These are no days.");
}
