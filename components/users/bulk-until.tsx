"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { assignRole } from "@/lib/users/bulk/actions";
import type { RoleView } from "./types";
import { UntilFields } from "./until-fields";

type Props = { role: RoleView; ids: string[]; count: string; timeZone: string };

/** Gives the role to those selected who lack it, until a moment. */
export function BulkUntil({ role, ids, count, timeZone }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Assign until…
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`${role.name} for ${count}, for a time`}>
        <ActionForm
          action={assignRole}
          hidden={{ "ids[]": ids, role: role.id }}
          onDone={() => setOpen(false)}
          className="grid gap-4"
        >
          <UntilFields timeZone={timeZone} />
          <p className="text-muted text-sm">Who holds {role.name} already keeps it as it is.</p>
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Assign</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
