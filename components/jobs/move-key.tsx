"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { moveKey } from "@/lib/filing/merging/actions";
import type { OtherJob } from "@/lib/filing/merging/queries";
import { ChooseOtherJob } from "./choose-other-job";

type Props = { jobId: string; matchKey: string; sender: string; words: string; alike: OtherJob[] };

/** From now on mails of this key become runs of another job. */
export function MoveKey({ jobId, matchKey, sender, words, alike }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" aria-label={`Move ${words}`} onClick={() => setOpen(true)}>
        Move
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Move to another job">
        <ActionForm
          action={moveKey}
          hidden={{ id: jobId, match_key: matchKey, sender }}
          onDone={() => setOpen(false)}
          className="grid gap-4"
        >
          <p className="break-words">
            The next mails with {words} become runs of the job you choose. The runs that are there stay.
          </p>
          <ChooseOtherJob id={jobId} alike={alike} />
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Move</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
