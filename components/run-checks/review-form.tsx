"use client";
import { CheckCheck } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ActionState } from "@/lib/form";
import { reviewRuns } from "@/lib/run-checks/actions";

type Props = {
  form: RefObject<HTMLFormElement | null>;
  /** How many runs are on this page, how many of them are successes (the odd ones apart), and when it was made. */
  shown: number;
  successes: number;
  oddSuccesses: number;
  until: string;
  onDone: (state: ActionState) => void;
  /** The list, made by the server: each run with a checkbox `ids[]`, and buttons `run`, `job` and `customer`. */
  children: ReactNode;
};

/** Selecting and marking. */
export function ReviewForm({ form, shown, successes, oddSuccesses, until, onDone, children }: Props) {
  const [selected, setSelected] = useState(0);
  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>('input[name="ids[]"]') ?? [])];
  const count = () => setSelected(boxes().filter((box) => box.checked).length);
  const select = (choose: (box: HTMLInputElement) => boolean) => {
    for (const box of boxes()) box.checked = choose(box);
    count();
  };
  const markSuccesses = () => {
    // What is odd is to be looked at, not swept away with the others.
    select((box) => box.closest("[data-row]")?.matches('[data-status="success"]:not([data-odd])') ?? false);
    form.current?.requestSubmit();
  };
  // The list was made anew: what is still there may be selected, the rest is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `children` is what changes
  useEffect(count, [children]);

  return (
    <ActionForm
      ref={form}
      action={reviewRuns}
      hidden={{ until }}
      onChange={count}
      onReset={() => setTimeout(count)}
      onDone={onDone}
      className="grid gap-3"
    >
      {shown > 0 && (
        <div className="sticky top-0 z-10 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface px-3 py-1.5">
          <Checkbox
            label={selected > 0 ? `${selected} selected` : "Select all shown"}
            aria-label="Select all shown"
            checked={selected === shown}
            ref={(box) => {
              if (box) box.indeterminate = selected > 0 && selected < shown;
            }}
            onChange={(event) => select(() => event.currentTarget.checked)}
            className="mr-auto"
          />
          <SubmitButton size="sm" icon={<CheckCheck aria-hidden />}>
            Mark reviewed
          </SubmitButton>
          {successes > 0 && (
            <Button size="sm" onClick={markSuccesses}>
              {oddSuccesses > 0
                ? `Mark all shown successes but odd ones reviewed (${successes})`
                : `Mark all shown successes reviewed (${successes})`}
            </Button>
          )}
        </div>
      )}
      {children}
    </ActionForm>
  );
}
