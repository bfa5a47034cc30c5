"use client";
import { useEffect, useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { mergeJob } from "@/lib/filing/merging/actions";
import type { MergePlan, OtherJob } from "@/lib/filing/merging/queries";
import { planInWords } from "@/lib/filing/merging/words";
import { ChooseOtherJob } from "./choose-other-job";
import { ask } from "./use-other-jobs";

type Props = { job: { id: string; name: string }; alike: OtherJob[] };

/** Dissolves the job into another one; says before what will happen. */
export function MergeJob({ job, alike }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Merge</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Merge ${job.name} into another job`}>
        <MergeForm job={job} alike={alike} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function MergeForm({ job, alike, onCancel }: Props & { onCancel: () => void }) {
  const [into, setInto] = useState<string | null>(null);
  const plan = useMergePlan(job.id, into);
  return (
    <ActionForm action={mergeJob} hidden={{ id: job.id }} className="grid gap-4">
      <p>For two jobs that are one: its machine got another name, or two people approved its mails differently.</p>
      <ChooseOtherJob id={job.id} alike={alike} onChoose={(other) => setInto(other.id)} />
      <div role="status">
        {plan === "failed" && <p>What would happen could not be found out. Try again in a moment.</p>}
        {plan && plan !== "failed" && (
          <ul className="grid list-disc gap-1 pl-5">
            {planInWords(job.name, plan).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </div>
      <ButtonRow align="end">
        <Button onClick={onCancel}>Cancel</Button>
        <SubmitButton variant="danger" disabled={!plan || plan === "failed"}>
          Merge
        </SubmitButton>
      </ButtonRow>
    </ActionForm>
  );
}

function useMergePlan(id: string, into: string | null): MergePlan | "failed" | null {
  const [plan, setPlan] = useState<MergePlan | "failed" | null>(null);
  useEffect(() => {
    setPlan(null);
    if (!into) return;
    const abort = new AbortController();
    ask<MergePlan>({ id, into }, abort.signal).then(setPlan, () => abort.signal.aborted || setPlan("failed"));
    return () => abort.abort();
  }, [id, into]);
  return plan;
}
