"use client";
import { Undo2 } from "lucide-react";
import type { Ref } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { undoReview } from "@/lib/run-checks/actions";

/** What one click has marked, to be taken back. */
export type Marked = { batch: string; count: number };

export function UndoBanner({
  marked,
  onUndone,
  ref,
}: {
  marked: Marked;
  onUndone: () => void;
  ref: Ref<HTMLFormElement>;
}) {
  return (
    <ActionForm
      ref={ref}
      action={undoReview}
      hidden={{ batch: marked.batch }}
      onDone={onUndone}
      className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-accent-soft px-3 py-1.5"
    >
      <span>
        {marked.count === 1 ? "1 run was marked as reviewed." : `${marked.count} runs were marked as reviewed.`}
      </span>
      <SubmitButton variant="secondary" size="sm" icon={<Undo2 aria-hidden />}>
        Undo
      </SubmitButton>
    </ActionForm>
  );
}
