import { cx } from "./cx";

/** A grey stand-in for something that is being loaded; give it the size of what comes. */
export function Skeleton({ className = "h-4 w-full" }: { className?: string }) {
  return <span aria-hidden className={cx("block animate-pulse rounded bg-line", className)} />;
}

/** Stands in for a Table of so many rows. */
export function TableSkeleton({ rows, columns }: { rows: number; columns: number }) {
  return (
    <div role="status" className="overflow-hidden rounded-lg border border-line bg-surface">
      <span className="sr-only">Loading</span>
      <div className="h-8 bg-sunken" />
      {numbers(rows).map((row) => (
        <div key={row} className="flex gap-6 border-line border-t px-3 py-2.5">
          {numbers(columns).map((column) => (
            <Skeleton key={column} className="h-3.5 flex-1" />
          ))}
        </div>
      ))}
    </div>
  );
}

function numbers(count: number) {
  return Array.from({ length: count }, (_, index) => index);
}
