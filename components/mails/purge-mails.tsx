"use client";
import { X } from "lucide-react";
import { createContext, type ReactNode, useContext, useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { purgeMails } from "@/lib/mails/actions";

type Asked = { ids: string[]; what: string };

const AskContext = createContext<(asked: Asked) => void>(() => {});

/** Holds the one dialog that asks before mails are deleted for good. */
export function PurgeDialog({ children }: { children: ReactNode }) {
  const [asked, ask] = useState<Asked | null>(null);
  const close = () => ask(null);
  return (
    <AskContext value={ask}>
      {children}
      <Dialog open={asked !== null} onClose={close} title="Delete for good?">
        <ActionForm action={purgeMails} hidden={{ "ids[]": asked?.ids ?? [] }} onDone={close} className="grid gap-4">
          <p className="break-words">
            {asked?.what} and the source will be gone. Nothing brings them back; the audit log keeps who deleted what.
          </p>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="danger">Delete for good</SubmitButton>
          </div>
        </ActionForm>
      </Dialog>
    </AskContext>
  );
}

/** Asks, and then deletes these mails for good. */
export function PurgeButton({ ids, what, ...button }: Asked & { "aria-label"?: string }) {
  const ask = useContext(AskContext);
  return (
    <Button size="sm" {...button} icon={<X aria-hidden />} onClick={() => ask({ ids, what })}>
      Delete for good
    </Button>
  );
}
