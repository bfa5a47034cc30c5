"use client";
import { CheckCheck, Undo2 } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { reviewRuns, undoReview } from "@/lib/run-checks/actions";

type Props = {
  /** How many runs are on this page, how many of them are successes, and when it was made. */
  shown: number;
  successes: number;
  until: string;
  /** The list, made by the server: each run with a checkbox `ids[]`, and buttons `run` and `job`. */
  children: ReactNode;
};
type Marked = { batch: string; count: number };

/** The one part of Run Checks that runs in the browser: selecting, marking, and taking it back. */
export function ReviewForm({ shown, successes, until, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [selected, setSelected] = useState(0);
  const [marked, setMarked] = useState<Marked | null>(null);
  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>('input[name="ids[]"]') ?? [])];
  const count = () => setSelected(boxes().filter((box) => box.checked).length);
  const select = (choose: (box: HTMLInputElement) => boolean) => {
    for (const box of boxes()) box.checked = choose(box);
    count();
  };
  const markSuccesses = () => {
    select((box) => box.dataset.status === "success");
    form.current?.requestSubmit();
  };
  useKeptFocus(form, children);
  // The list was made anew: what is still there may be selected, the rest is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `children` is what changes
  useEffect(count, [children]);

  return (
    <>
      {marked && (
        <ActionForm
          action={undoReview}
          hidden={{ batch: marked.batch }}
          onDone={() => setMarked(null)}
          className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-accent-soft px-3 py-1.5"
        >
          <span>
            {marked.count === 1 ? "1 run was marked as reviewed." : `${marked.count} runs were marked as reviewed.`}
          </span>
          <SubmitButton variant="secondary" size="sm" icon={<Undo2 aria-hidden />}>
            Undo
          </SubmitButton>
        </ActionForm>
      )}
      <ActionForm
        ref={form}
        action={reviewRuns}
        hidden={{ until }}
        onChange={count}
        onReset={() => setTimeout(count)}
        onDone={({ data }) => setMarked((data as Marked | undefined) ?? null)}
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
                {`Mark all shown successes reviewed (${successes})`}
              </Button>
            )}
          </div>
        )}
        {children}
      </ActionForm>
    </>
  );
}

/** A marked row takes its focused button with it: the focus goes on to the row that took its place. */
function useKeptFocus(form: { current: HTMLFormElement | null }, list: ReactNode): void {
  const place = useRef(-1);
  const rows = () => [...(form.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];

  useEffect(() => {
    const remember = (event: FocusEvent) => {
      const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
      place.current = row ? rows().indexOf(row) : -1;
    };
    const element = form.current;
    element?.addEventListener("focusin", remember);
    return () => element?.removeEventListener("focusin", remember);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when the list has changed
  useEffect(() => {
    if (place.current < 0 || document.activeElement !== document.body) return;
    const row = rows()[Math.min(place.current, rows().length - 1)];
    row?.querySelector<HTMLElement>("input, button")?.focus({ preventScroll: false });
  }, [list]);
}
