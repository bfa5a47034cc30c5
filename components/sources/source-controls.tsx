"use client";
import { useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmButton } from "@/components/form/confirm-button";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { SubmitButton } from "@/components/ui/submit-button";
import { checkSource, deleteSource, disableSource, enableSource, updateSource } from "@/lib/sources/actions";
import type { SourceRow } from "@/lib/sources/queries";
import { SourceDialog } from "./source-dialog";

/** What can be done with a source. */
export function SourceControls({
  source,
}: {
  source: Pick<SourceRow, "id" | "version" | "kind" | "name" | "options" | "disabledAt">;
}) {
  const [editing, setEditing] = useState(false);
  const { id, name, disabledAt } = source;
  const hidden = { id };
  return (
    <ButtonRow>
      {!disabledAt && (
        // Without a box of its own, so that what it answers stands in the row.
        <ActionForm action={checkSource} hidden={hidden} className="contents">
          <SubmitButton variant="secondary" size="sm" aria-label={`Check now: ${name}`}>
            Check now
          </SubmitButton>
        </ActionForm>
      )}
      <Button size="sm" aria-label={`Edit ${name}`} onClick={() => setEditing(true)}>
        Edit
      </Button>
      <SourceDialog
        open={editing}
        onClose={() => setEditing(false)}
        title={`Edit ${name}`}
        action={updateSource}
        submitLabel="Save"
        stored={source}
      />
      <ActionButton
        action={disabledAt ? enableSource : disableSource}
        hidden={hidden}
        size="sm"
        aria-label={`${disabledAt ? "Enable" : "Disable"} ${name}`}
      >
        {disabledAt ? "Enable" : "Disable"}
      </ActionButton>
      <ConfirmButton
        action={deleteSource}
        hidden={hidden}
        label="Delete"
        aria-label={`Delete ${name}`}
        size="sm"
        question={`Delete the mail source ${name}?`}
        confirmLabel="Delete"
      >
        No more mails come from there. Those that came are kept, in the mailbox nothing changes.
      </ConfirmButton>
    </ButtonRow>
  );
}
