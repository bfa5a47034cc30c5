"use client";
import { useRoleDraft } from "@/components/roles/draft-context";
import { PreviewButton } from "./preview-button";

/** "Preview as role" for the role in the editor: it shows what is stored, so changes are stored or taken back first. */
export function PreviewSelected({ role }: { role: { id: string } }) {
  const { isChanged } = useRoleDraft();
  return (
    <PreviewButton role={role} refusal={isChanged ? "Update or reset first: a preview shows what is stored." : ""} />
  );
}
