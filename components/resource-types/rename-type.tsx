"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { renameType } from "@/lib/resource-types/actions";
import type { ResourceType } from "@/lib/resource-types/queries";

export function RenameType({ type, onClose }: { type: ResourceType; onClose: () => void }) {
  const { id, version, name, suggestedAs } = type;
  return (
    <Dialog open onClose={onClose} title={`Rename ${name}`}>
      <ActionForm action={renameType} hidden={{ id, version }} onDone={onClose} className="grid gap-4">
        <RefreshWhenRefused />
        <FormText
          label="Name"
          name="name"
          defaultValue={name}
          hint={suggestedAs.length > 0 && `Mails about ${suggestedAs.join(", ")} go on suggesting it.`}
          required
          maxLength={60}
          autoComplete="off"
        />
        <ButtonRow align="end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Rename</SubmitButton>
        </ButtonRow>
      </ActionForm>
    </Dialog>
  );
}
