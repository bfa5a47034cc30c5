import Link from "next/link";
import { Status } from "@/components/ui/status";
import type { RunPanelData } from "@/lib/desk-overview/run-panel";
import { formatBytes, formatCount } from "@/lib/format";
import { Part } from "./part";

const MOST = 20;

/** What the run protected, in trouble first; the page of the run has all of them. */
export function PanelObjects({ objects: { rows, total }, runId }: { objects: RunPanelData["objects"]; runId: string }) {
  if (total === 0) return null;
  return (
    <Part title={`Objects (${total.toLocaleString("en")})`}>
      <ul className="grid gap-1.5">
        {rows.slice(0, MOST).map(({ position, name, status, message, sizeBytes }) => (
          <li key={position} className="grid grid-cols-[5.5rem_1fr_auto] gap-x-3">
            <Status status={status} />
            <span className="min-w-0 break-words font-medium">{name}</span>
            <span className="text-muted">{sizeBytes === null ? "" : formatBytes(sizeBytes)}</span>
            {message && <span className="col-span-2 col-start-2 min-w-0 break-words text-muted">{message}</span>}
          </li>
        ))}
      </ul>
      {total > MOST && (
        <p>
          <Link href={`/runs/${runId}`} prefetch={false}>{`All ${formatCount(total, "object")}`}</Link>
        </p>
      )}
    </Part>
  );
}
