"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ActionForm, type FormAction } from "@/components/form/action-form";
import { Checkbox } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  action: FormAction;
  /** The text of the button that does it to the selected ones. */
  label: string;
  icon: ReactNode;
  /** How many are on this page; without any there is nothing to select. */
  shown: number;
  /** Further buttons, made from the selected ids. */
  more?: (ids: string[]) => ReactNode;
  /** The list, made by the server: each row with a checkbox `ids[]`. */
  children: ReactNode;
};

/** A list of mails of which some can be selected for one thing. */
export function SelectMails({ action, label, icon, shown, more, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [ids, setIds] = useState<string[]>([]);
  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>('input[name="ids[]"]') ?? [])];
  const read = () => setIds(boxes().flatMap((box) => (box.checked ? [box.value] : [])));
  const selectAll = (checked: boolean) => {
    for (const box of boxes()) box.checked = checked;
    read();
  };
  // The list was made anew: what is still there may be selected, the rest is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `children` is what changes
  useEffect(read, [children]);

  return (
    <ActionForm ref={form} action={action} onChange={read} onReset={() => setTimeout(read)} className="grid gap-3">
      {shown > 0 && (
        <div className="sticky top-0 z-10 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface px-3 py-1.5">
          <Checkbox
            label={ids.length > 0 ? `${ids.length} selected` : "Select all shown"}
            aria-label="Select all shown"
            checked={ids.length === shown}
            ref={(box) => {
              if (box) box.indeterminate = ids.length > 0 && ids.length < shown;
            }}
            onChange={(event) => selectAll(event.currentTarget.checked)}
          />
          {ids.length > 0 && (
            <>
              <SubmitButton size="sm" variant="secondary" icon={icon}>
                {label}
              </SubmitButton>
              {more?.(ids)}
            </>
          )}
        </div>
      )}
      {children}
    </ActionForm>
  );
}
