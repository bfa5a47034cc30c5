import Link from "next/link";
import { Status } from "@/components/ui/status";
import { type RunStatus as Name, statusLabels } from "@/lib/statuses";

type Props = {
  run: {
    status: Name;
    said: Name;
    override: { reason: string | null } | null;
    isSuspected: boolean;
    lateRunId: string | null;
  };
};

/** What a run counts as, and why that is not all: it was overridden, is not believed yet, or came late. */
export function RunStatus({ run: { status, said, override, isSuspected, lateRunId } }: Props) {
  return (
    <>
      <Status status={status} label={isSuspected ? "Missed, suspected" : undefined} />
      {override && (
        <span className="block text-muted">
          {`Overridden${override.reason ? `: ${override.reason}` : ""}. It said: ${statusLabels[said]}.`}
        </span>
      )}
      {lateRunId && (
        <span className="block text-muted">
          It{" "}
          <Link href={`/runs/${lateRunId}`} prefetch={false}>
            came late
          </Link>
          .
        </span>
      )}
    </>
  );
}
