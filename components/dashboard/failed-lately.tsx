import Link from "next/link";
import { Card } from "@/components/ui/card";
import { Status } from "@/components/ui/status";
import { recentFailures } from "@/lib/dashboard/queries";
import { formatMoment } from "@/lib/format";

/** The failures that came last, with what the software said. */
export async function FailedLately({ timeZone }: { timeZone: string }) {
  const failures = await recentFailures();
  return (
    <Card title="Failed lately">
      {failures.length === 0 && <p className="text-muted">Nothing failed this week.</p>}
      <ul className="grid gap-2.5">
        {failures.map((run) => (
          <li key={run.id} className="grid gap-0.5">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <Link href={`/runs/${run.id}`} prefetch={false} className="min-w-0 break-words pointer-coarse:py-2">
                {run.customer}: {run.job}
              </Link>
              <span className="text-muted text-sm tabular-nums">{formatMoment(run.ranAt, timeZone)}</span>
            </span>
            <span className="line-clamp-2 break-words text-sm">
              <Status status="failed" label="" /> {run.message ?? "No reason was given."}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
