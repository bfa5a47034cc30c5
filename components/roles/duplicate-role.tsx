"use client";
import { useRouter } from "next/navigation";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { duplicateRole } from "@/lib/roles/actions";
import { useRoleDraft } from "./draft-context";

/** Stores a copy and goes to it. */
export function DuplicateRole({ id }: { id: string }) {
  const { isChanged } = useRoleDraft();
  const router = useRouter();
  return (
    <ActionForm
      action={duplicateRole}
      hidden={{ id }}
      onDone={({ data }) => router.push(`/settings/roles?role=${(data as { id: string }).id}`)}
    >
      <SubmitButton
        variant="secondary"
        size="sm"
        disabled={isChanged}
        title={isChanged ? "Update or reset first." : undefined}
      >
        Duplicate
      </SubmitButton>
    </ActionForm>
  );
}
