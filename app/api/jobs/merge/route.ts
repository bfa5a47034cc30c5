import { personDoor } from "@/lib/door";
import { mergeAnswers } from "@/lib/filing/merging/answers";

export const dynamic = "force-dynamic";

export const GET = personDoor("jobs.manage", "job.merge", mergeAnswers);
