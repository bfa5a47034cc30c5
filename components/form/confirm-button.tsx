"use client";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { ActionForm, type FormAction } from "./action-form";

type Props = {
  action: FormAction;
  hidden?: ComponentProps<typeof ActionForm>["hidden"];
  onDone?: ComponentProps<typeof ActionForm>["onDone"];
  /** The button's text, the question in the dialog's title, what will happen, and the text of the button that does it. */
  label: ReactNode;
  question: string;
  children: ReactNode;
  confirmLabel: string;
} & Pick<ComponentProps<typeof Button>, "variant" | "size" | "icon" | "aria-label" | "disabled">;

/** A button that asks first. */
export function ConfirmButton({
  action,
  hidden,
  onDone,
  label,
  question,
  children,
  confirmLabel,
  variant = "secondary",
  ...button
}: Props) {
  const [open, setOpen] = useState(false);
  const closeWith: typeof onDone = (answer) => {
    setOpen(false);
    onDone?.(answer);
  };
  return (
    <>
      <Button variant={variant} {...button} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={question}>
        <ActionForm action={action} hidden={hidden} onDone={closeWith} className="grid gap-4">
          <div>{children}</div>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton variant="danger">{confirmLabel}</SubmitButton>
          </div>
        </ActionForm>
      </Dialog>
    </>
  );
}
