"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { addScopes } from "@/lib/tickets/actions";
import { TargetPicker } from "./target-picker";

/** Ties the ticket to more customers and jobs. */
export function AddScopes({ id }: { id: string }) {
  const [added, setAdded] = useState(0);
  return (
    <ActionForm
      action={addScopes}
      hidden={{ id }}
      onDone={() => setAdded((count) => count + 1)}
      className="mt-3 grid justify-items-start gap-2 border-line border-t pt-3 *:w-full"
    >
      <TargetPicker key={added} label="Also about" />
      <div>
        <SubmitButton variant="secondary" size="sm">
          Add
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
