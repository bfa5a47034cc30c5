"use client";
import { type ReactNode, useState } from "react";
import { ActionForm, type FormAction } from "@/components/form/action-form";
import { FormSelect, FormText } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { kindLabels } from "@/lib/sources/rules";
import type { GraphOptions, ImapOptions, SmtpOptions, SourceKind, SourceOptions } from "@/lib/sources/types";
import { GraphFields } from "./graph-fields";
import { ImapFields } from "./imap-fields";
import { SmtpFields } from "./smtp-fields";

type Stored = { id: string; version: number; kind: SourceKind; name: string; options: SourceOptions };
type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  action: FormAction;
  submitLabel: string;
  stored?: Stored;
};

const kinds = (Object.keys(kindLabels) as SourceKind[]).map((value) => ({ value, label: kindLabels[value] }));

/** The form of a mail source, new or stored. */
export function SourceDialog({ open, onClose, title, action, submitLabel, stored }: Props) {
  const [kind, setKind] = useState<SourceKind>(stored?.kind ?? "imap");
  const hidden: Record<string, string | number> = stored
    ? { id: stored.id, version: stored.version, kind: stored.kind }
    : {};
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <ActionForm action={action} hidden={hidden} onDone={onClose} className="grid gap-4">
        {stored ? (
          <RefreshWhenRefused />
        ) : (
          <FormSelect
            label="Kind"
            name="kind"
            options={kinds}
            defaultValue={kind}
            onChange={(event) => setKind(event.target.value as SourceKind)}
          />
        )}
        <FormText label="Name" name="name" defaultValue={stored?.name} autoComplete="off" maxLength={100} />
        {fieldsOf(kind, stored?.options)}
        <ButtonRow align="end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>{submitLabel}</SubmitButton>
        </ButtonRow>
      </ActionForm>
    </Dialog>
  );
}

function fieldsOf(kind: SourceKind, options: SourceOptions | undefined): ReactNode {
  if (kind === "graph") return <GraphFields stored={options as GraphOptions | undefined} />;
  if (kind === "smtp") return <SmtpFields stored={options as SmtpOptions | undefined} />;
  return <ImapFields stored={options as ImapOptions | undefined} />;
}
