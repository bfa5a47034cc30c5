import { personDoor } from "@/lib/door";
import { exportEverything } from "@/lib/exports/export";

export const dynamic = "force-dynamic";

export const GET = personDoor("data.export", "data.export", exportEverything);
