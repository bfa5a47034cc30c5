"use client";
import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { deleteMails } from "@/lib/mails/actions";
import { ApproveDialog, ApproveSuggestedButton } from "./approve-suggested";
import { SelectMails } from "./select-mails";

/** The mails of the Inbox with what can be done to the selected ones. */
export function SelectInbox({ shown, children }: { shown: number; children: ReactNode }) {
  return (
    <ApproveDialog>
      <SelectMails
        action={deleteMails}
        label="Delete selected"
        icon={<Trash2 aria-hidden />}
        shown={shown}
        more={(ids) => <ApproveSuggestedButton ids={ids} />}
      >
        {children}
      </SelectMails>
    </ApproveDialog>
  );
}
