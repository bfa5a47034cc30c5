"use client";
import { CheckCheck } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { approveSuggested } from "@/lib/filing/actions";
import type { BulkLine } from "@/lib/filing/bulk-approve";
import { formatCount } from "@/lib/format";

const AskContext = createContext<(ids: string[]) => void>(() => {});

/** Holds the one dialog that shows line by line what will happen to the selected mails; a form within theirs is none. */
export function ApproveDialog({ children }: { children: ReactNode }) {
  const [asked, ask] = useState<string[] | null>(null);
  const [stayed, setStayed] = useState<BulkLine[] | null>(null);
  const close = () => {
    ask(null);
    setStayed(null);
  };
  return (
    <AskContext value={ask}>
      {children}
      <Dialog open={asked !== null} onClose={close} title={stayed ? "These mails stayed" : "Approve as suggested?"}>
        {asked && !stayed && <Preview ids={asked} onClose={close} onStayed={setStayed} />}
        {stayed && (
          <div className="grid gap-4">
            <Lines lines={stayed} />
            <ButtonRow align="end">
              <Button onClick={close}>Close</Button>
            </ButtonRow>
          </div>
        )}
      </Dialog>
    </AskContext>
  );
}

export function ApproveSuggestedButton({ ids }: { ids: string[] }) {
  const ask = useContext(AskContext);
  return (
    <Button size="sm" icon={<CheckCheck aria-hidden />} onClick={() => ask(ids)}>
      Approve as suggested
    </Button>
  );
}

type PreviewProps = { ids: string[]; onClose: () => void; onStayed: (stayed: BulkLine[]) => void };

function Preview({ ids, onClose, onStayed }: PreviewProps) {
  const { lines, says } = usePreview(ids);
  const approves = lines.filter((line) => line.approves);
  return (
    <ActionForm
      action={approveSuggested}
      hidden={{ "ids[]": approves.map(({ id }) => id) }}
      onDone={(answer) => {
        const { stayed } = answer.data as { stayed: BulkLine[] };
        if (stayed.length > 0) onStayed(stayed);
        else onClose();
      }}
      className="grid gap-4"
    >
      <p role="status">
        {says ||
          `${formatCount(approves.length, "mail")} will be approved, ${lines.length - approves.length} will stay.`}
      </p>
      <Lines lines={lines} />
      <ButtonRow align="end">
        <Button onClick={onClose}>Cancel</Button>
        <SubmitButton disabled={approves.length === 0}>Approve</SubmitButton>
      </ButtonRow>
    </ActionForm>
  );
}

function Lines({ lines }: { lines: BulkLine[] }) {
  return (
    <ul className="grid max-h-96 gap-2 overflow-y-auto">
      {lines.map(({ id, subject, does, because, approves }) => (
        <li key={id} className="grid break-words border-line border-b pb-2 last:border-b-0">
          <span className="text-muted text-sm">{subject}</span>
          <span className={approves ? "font-medium" : undefined}>{approves ? does : `Stays: ${does}`}</span>
          {because && <span className="text-muted text-sm">{because}</span>}
        </li>
      ))}
    </ul>
  );
}

function usePreview(ids: string[]): { lines: BulkLine[]; says: string } {
  const [preview, setPreview] = useState<{ lines: BulkLine[]; says: string }>({ lines: [], says: "Looking …" });
  useEffect(() => {
    const abort = new AbortController();
    fetch("/api/mails/approvals", { method: "POST", body: JSON.stringify(ids), signal: abort.signal })
      .then(async (response) => {
        const answer = (await response.json()) as BulkLine[] | { error: string };
        setPreview(Array.isArray(answer) ? { lines: answer, says: "" } : { lines: [], says: answer.error });
      })
      .catch(() => abort.signal.aborted || setPreview({ lines: [], says: "This failed. Try again in a moment." }));
    return () => abort.abort();
  }, [ids]);
  return preview;
}
