"use client";
import { useState } from "react";
import { useRoleDraft } from "@/components/roles/draft-context";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Dialog } from "@/components/ui/dialog";
import { impactLine } from "@/lib/insight/impact-words";
import { ImpactList } from "./impact-list";
import { useImpact } from "./use-impact";

/** Before "Update": whom the change concerns, and what they win and lose. */
export function ImpactLine() {
  const { roleId, draft, isChanged } = useRoleDraft();
  const [tries, setTries] = useState(0);
  const [open, setOpen] = useState(false);
  const { impact, isAsking, hasFailed } = useImpact(roleId, draft, isChanged, tries);

  if (!isChanged) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p role="status" className={cx("min-w-0 break-words", isAsking && "text-muted")}>
        {said(impact, isAsking, hasFailed)}
      </p>
      {hasFailed && (
        <Button size="sm" onClick={() => setTries(tries + 1)}>
          Try again
        </Button>
      )}
      {impact && !hasFailed && (
        <Button size="sm" onClick={() => setOpen(true)}>
          Show the impact
        </Button>
      )}
      {impact && (
        <Dialog open={open} onClose={() => setOpen(false)} title="Impact">
          <ImpactList impact={impact} />
        </Dialog>
      )}
    </div>
  );
}

function said(impact: Parameters<typeof impactLine>[0] | null, isAsking: boolean, hasFailed: boolean): string {
  if (hasFailed) return "What this would change could not be found out.";
  if (impact) return impactLine(impact);
  return isAsking ? "Finding out what this would change…" : "";
}
