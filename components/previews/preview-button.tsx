"use client";
import { Eye } from "lucide-react";
import { leaveTo } from "@/components/acting/leave";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { startPreview } from "@/lib/previews/actions";

/** Shows the whole product as a role sees it. */
export function PreviewButton({ role, label = "Preview as role" }: { role: { id: string }; label?: string }) {
  return (
    <ActionForm
      action={startPreview}
      hidden={{ role: role.id }}
      onDone={({ leaveTo: address }) => address && leaveTo(address)}
    >
      <SubmitButton variant="secondary" icon={<Eye aria-hidden />}>
        {label}
      </SubmitButton>
    </ActionForm>
  );
}
