import { personDoor } from "@/lib/door";
import { news } from "@/lib/live/stream";

export const dynamic = "force-dynamic";

export const GET = personDoor("dashboard.view", "live.listen", news);
