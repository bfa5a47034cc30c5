import type { RunRow } from "@/lib/runs/queries";
import { RunTable } from "./run-table";

export function LatestRuns({ rows, timeZone }: { rows: RunRow[]; timeZone: string }) {
  return (
    <div className="grid gap-2">
      <h2 className="text-lg">Latest runs</h2>
      {rows.length === 0 ? (
        <p className="text-muted">No runs yet.</p>
      ) : (
        <RunTable caption="Latest runs" rows={rows} timeZone={timeZone} showJob />
      )}
    </div>
  );
}
