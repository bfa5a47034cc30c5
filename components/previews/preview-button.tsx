"use client";
import { Eye } from "lucide-react";
import { leaveTo } from "@/components/acting/leave";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { startPreview } from "@/lib/previews/actions";

type Props = {
  role: { id: string };
  /** Why there is none now; empty when there is. */
  refusal?: string;
};

/** Shows the whole product as a role sees it. */
export function PreviewButton({ role, refusal }: Props) {
  return (
    <ActionForm
      action={startPreview}
      hidden={{ role: role.id }}
      onDone={({ leaveTo: address }) => address && leaveTo(address)}
    >
      <SubmitButton
        size="sm"
        variant="secondary"
        icon={<Eye aria-hidden />}
        disabled={Boolean(refusal)}
        title={refusal || undefined}
      >
        Preview as role
      </SubmitButton>
    </ActionForm>
  );
}
