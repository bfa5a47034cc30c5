"use client";
import type { ComponentProps, ReactNode } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { ActionForm, type FormAction } from "./action-form";

type Props = {
  action: FormAction;
  hidden?: ComponentProps<typeof ActionForm>["hidden"];
  children: ReactNode;
} & Omit<ComponentProps<typeof SubmitButton>, "hidden">;

/** A button that does one thing: a form of its own around it. */
export function ActionButton({ action, hidden, children, variant = "secondary", ...button }: Props) {
  return (
    <ActionForm action={action} hidden={hidden}>
      <SubmitButton variant={variant} {...button}>
        {children}
      </SubmitButton>
    </ActionForm>
  );
}
