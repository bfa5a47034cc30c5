"use client";
import { CheckCheck, Undo2 } from "lucide-react";
import { ActionForm } from "@/components/form/action-form";
import { ButtonLink } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RunPanelData } from "@/lib/desk-overview/run-panel";
import type { ActionState } from "@/lib/form";
import { reviewRuns, undoReview } from "@/lib/run-checks/actions";
import { isOverridable, overrideAddress, ticketAddress } from "./addresses";
import type { May } from "./may";
import { leaveAt } from "./way-back";

type Props = { run: RunPanelData["run"]; may: May; onReviewed: (id: string, state: ActionState) => void };

/** What one can do with the open run. */
export function PanelActions({ run, may, onReviewed }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-t px-4 py-3">
      {may.review && !run.reviewedAt && (
        <ActionForm
          action={reviewRuns}
          hidden={{ run: run.id }}
          onDone={(state) => onReviewed(run.id, state)}
          data-panel-review
        >
          <SubmitButton icon={<CheckCheck aria-hidden />}>Mark reviewed</SubmitButton>
        </ActionForm>
      )}
      {may.review && run.reviewedAt && (
        <ActionForm action={undoReview} hidden={{ run: run.id }}>
          <SubmitButton variant="secondary" icon={<Undo2 aria-hidden />}>
            Undo review
          </SubmitButton>
        </ActionForm>
      )}
      {may.ticket && (
        <ButtonLink href={ticketAddress(run.id)} onClick={() => leaveAt(run.id)}>
          Create ticket
        </ButtonLink>
      )}
      {may.override && isOverridable(run.status) && (
        <ButtonLink href={overrideAddress(run.id)} onClick={() => leaveAt(run.id)}>
          Treat as success
        </ButtonLink>
      )}
      <ButtonLink href={`/runs/${run.id}`}>Open run page</ButtonLink>
    </div>
  );
}
