import { door } from "@/lib/door";
import { scrape } from "@/lib/metrics/scrape";

export const dynamic = "force-dynamic";

export const GET = door("metrics.read", scrape);
