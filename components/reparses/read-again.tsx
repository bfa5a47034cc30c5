"use client";
import { RefreshCw } from "lucide-react";
import { createContext, type ReactNode, useContext, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { startReparse } from "@/lib/reparses/actions";

const SendContext = createContext<(ids: string[]) => void>(() => {});

/** Holds the form that reads selected mails once more: its button stands within another form. */
export function ReadAgainForm({ children }: { children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  const [ids, setIds] = useState<string[]>([]);
  const send = (selected: string[]) => {
    flushSync(() => setIds(selected));
    form.current?.requestSubmit();
  };
  return (
    <SendContext value={send}>
      <ActionForm ref={form} action={startReparse} hidden={{ which: "mails", "ids[]": ids }}>
        {null}
      </ActionForm>
      {children}
    </SendContext>
  );
}

export function ReadAgainButton({ ids }: { ids: string[] }) {
  const send = useContext(SendContext);
  return (
    <Button size="sm" icon={<RefreshCw aria-hidden />} onClick={() => send(ids)}>
      Read again
    </Button>
  );
}
