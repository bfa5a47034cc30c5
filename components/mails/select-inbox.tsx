"use client";
import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { ReadAgainButton, ReadAgainForm } from "@/components/reparses/read-again";
import { deleteMails } from "@/lib/mails/actions";
import { ApproveDialog, ApproveSuggestedButton } from "./approve-suggested";
import { SelectMails } from "./select-mails";

/** The mails of the Inbox with what can be done to the selected ones. */
export function SelectInbox({ shown, mayRead, children }: { shown: number; mayRead: boolean; children: ReactNode }) {
  return (
    <ApproveDialog>
      <ReadAgainForm>
        <SelectMails
          action={deleteMails}
          label="Delete selected"
          icon={<Trash2 aria-hidden />}
          shown={shown}
          more={(ids) => (
            <>
              <ApproveSuggestedButton ids={ids} />
              {mayRead && <ReadAgainButton ids={ids} />}
            </>
          )}
        >
          {children}
        </SelectMails>
      </ReadAgainForm>
    </ApproveDialog>
  );
}
