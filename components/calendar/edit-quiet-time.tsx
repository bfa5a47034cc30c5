"use client";
import { useState } from "react";
import { ConfirmButton } from "@/components/form/confirm-button";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { deleteQuietTime, updateQuietTime } from "@/lib/calendar/actions";
import type { Scope } from "@/lib/calendar/types";
import { QuietTimeForm, type Shown } from "./quiet-time-form";

type Props = { id: string; version: number; shown: Shown; scopes: Scope[]; timeZone: string };

export function EditQuietTime({ id, version, shown, ...props }: Props) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <span className="inline-flex flex-wrap gap-2">
      <Button size="sm" onClick={() => setOpen(true)} aria-label={`Edit ${shown.name}`}>
        Edit
      </Button>
      <ConfirmButton
        action={deleteQuietTime}
        hidden={{ id }}
        label="Delete"
        aria-label={`Delete ${shown.name}`}
        size="sm"
        question={`Delete ${shown.name}?`}
        confirmLabel="Delete"
      >
        From now on runs are expected at that time, as at any other.
      </ConfirmButton>
      <Dialog open={open} onClose={close} title={`Edit ${shown.name}`}>
        <QuietTimeForm
          {...props}
          action={updateQuietTime}
          hidden={{ id, version }}
          shown={shown}
          submitLabel="Save"
          onClose={close}
        />
      </Dialog>
    </span>
  );
}
