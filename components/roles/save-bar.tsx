"use client";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import { useRoleDraft } from "./draft-context";
import { StoreForm } from "./store-form";

/** Stores the draft, or takes it back. `impact` says before what storing it would do. */
export function SaveBar({ impact }: { impact?: ReactNode }) {
  const { roleId, version, isChanged, isConflicting, errors, reset } = useRoleDraft();
  const store = roleId ? "Update" : "Create";

  return (
    <div className="-mx-4 grid gap-2 border-line border-t bg-canvas px-4 py-3 md:-mx-6 md:px-6">
      {impact}
      {errors.marks && <Alert tone="danger">{errors.marks}</Alert>}
      <StoreForm version={version} className="grid gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton disabled={(roleId !== null && !isChanged) || isConflicting}>{store}</SubmitButton>
          <Button onClick={reset} disabled={!isChanged}>
            Reset
          </Button>
          <p role="status" className="text-muted text-sm">
            {isChanged && `Nothing is stored until "${store}".`}
          </p>
        </div>
      </StoreForm>
    </div>
  );
}
