"use client";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { useRoleDraft } from "./draft-context";

export function UnsavedDraft() {
  const { isChanged, reset } = useRoleDraft();
  return <UnsavedChanges when={isChanged} onLeave={reset} />;
}
