import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Status } from "@/components/ui/status";
import { formatMoment } from "@/lib/format";
import type { UnreviewedRun } from "@/lib/run-checks/rules";

type Props = { run: UnreviewedRun; timeZone: string; canReview: boolean };

/** One run in few elements: there may be 200 of them. */
export function RunRow({ run, timeZone, canReview }: Props) {
  const when = formatMoment(run.ranAt, timeZone);
  const trouble = run.objectsInTrouble > 0 && `${run.objectsInTrouble} of ${run.objects} objects in trouble`;
  return (
    <li
      data-row
      className={`grid items-center gap-x-3 border-line border-t has-checked:bg-accent-soft px-3 py-0.5 text-sm ${columns}`}
    >
      {canReview ? (
        <label className="inline-flex items-center justify-center self-stretch pointer-coarse:min-h-11 pointer-coarse:min-w-8">
          <input
            type="checkbox"
            name="ids[]"
            value={run.id}
            data-status={run.status}
            aria-label={`Select ${run.job}, ${when}`}
            className="size-4 accent-accent pointer-coarse:size-5"
          />
        </label>
      ) : (
        <span />
      )}
      <Status status={run.status} />
      <Link
        href={`/runs/${run.id}`}
        prefetch={false}
        className={`break-words font-medium no-underline hover:underline ${below}`}
      >
        {run.job}
      </Link>
      <span className={`break-words text-muted ${below} max-sm:empty:hidden`}>{run.host}</span>
      <time dateTime={run.ranAt.toISOString()} className={`text-muted tabular-nums ${below}`}>
        {when}
      </time>
      <span className={`break-words ${below} max-sm:empty:hidden`}>
        {[run.message, trouble].filter(Boolean).join(" · ")}
      </span>
      {canReview && (
        <Button
          type="submit"
          name="run"
          value={run.id}
          size="sm"
          variant="ghost"
          className="text-accent! max-sm:col-start-3 max-sm:row-start-1"
        >
          Mark reviewed
        </Button>
      )}
    </li>
  );
}

/** On a phone: status and button beside the checkbox, everything else below them. */
const columns =
  "grid-cols-[auto_1fr_auto] sm:grid-cols-[auto_5.5rem_minmax(8rem,3fr)_minmax(5rem,2fr)_7.5rem_minmax(8rem,5fr)_7.5rem]";
const below = "min-w-0 max-sm:col-span-2 max-sm:col-start-2";
