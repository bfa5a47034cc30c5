import { Badge, Status } from "@/components/ui/status";
import { formatCount, formatMoment } from "@/lib/format";
import type { UnreviewedRun } from "@/lib/run-checks/rules";

type Props = { run: UnreviewedRun; timeZone: string; canReview: boolean };

/** One run in few elements and few bytes, as there may be 200 of them: its looks are `.run-row` in app/globals.css. */
export function RunRow({ run, timeZone, canReview }: Props) {
  const when = formatMoment(run.ranAt, timeZone);
  const trouble =
    run.objectsInTrouble > 0 && `${run.objectsInTrouble} of ${formatCount(run.objects, "object")} in trouble`;
  return (
    <li data-row className="run-row" data-status={run.status} data-odd={run.odd.length > 0 || undefined}>
      {canReview ? (
        <label>
          <input type="checkbox" name="ids[]" value={run.id} aria-label={`Select ${run.job}, ${when}`} />
        </label>
      ) : (
        <span />
      )}
      <Status status={run.status} />
      <a href={`/runs/${run.id}`}>{run.job}</a>
      <span>{run.host}</span>
      <time dateTime={run.ranAt.toISOString()}>{when}</time>
      <p>
        {run.override && <Badge tone="info">Overridden</Badge>}
        {run.odd.length > 0 && <Badge tone="warning">Odd</Badge>}
        {run.hasTicket && <Badge>Ticket</Badge>}
        {[run.override?.reason, ...run.odd, run.message, trouble].filter(Boolean).join(" · ")}
      </p>
      {canReview && (
        <button type="submit" name="run" value={run.id}>
          Mark reviewed
        </button>
      )}
    </li>
  );
}
