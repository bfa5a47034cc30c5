import { CheckCheck, Undo2 } from "lucide-react";
import { ActionButton } from "@/components/form/action-button";
import { reviewRuns, undoReview } from "@/lib/run-checks/actions";

/** Accepts one run, or takes it back. */
export function ReviewButton({ runId, isReviewed }: { runId: string; isReviewed: boolean }) {
  return isReviewed ? (
    <ActionButton action={undoReview} hidden={{ run: runId }} icon={<Undo2 aria-hidden />}>
      Undo review
    </ActionButton>
  ) : (
    <ActionButton action={reviewRuns} hidden={{ run: runId }} variant="primary" icon={<CheckCheck aria-hidden />}>
      Mark reviewed
    </ActionButton>
  );
}
