import { readRunPanel } from "@/lib/desk-overview/run-panel";
import { personDoor } from "@/lib/door";

export const dynamic = "force-dynamic";

/** One run with what stands behind it, for the panel of Run Checks. */
export const GET = personDoor<{ id: string }>("resources.view", "run.read", async (access, _request, { id }) =>
  Response.json(await readRunPanel(access, id)),
);
