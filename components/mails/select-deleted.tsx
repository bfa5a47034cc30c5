"use client";
import { Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { restoreMails } from "@/lib/mails/actions";
import { PurgeButton } from "./purge-mails";
import { SelectMails } from "./select-mails";

/** The deleted mails with what can be done to the selected ones. */
export function SelectDeleted({ shown, children }: { shown: number; children: ReactNode }) {
  return (
    <SelectMails
      action={restoreMails}
      label="Restore selected"
      icon={<Undo2 aria-hidden />}
      shown={shown}
      more={(ids) => <PurgeButton ids={ids} what={ids.length === 1 ? "1 mail" : `${ids.length} mails`} />}
    >
      {children}
    </SelectMails>
  );
}
