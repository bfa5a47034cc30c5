"use client";
import { Pencil, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { wayBack } from "@/components/run-checks/way-back";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { createOverride, updateOverride } from "@/lib/overrides/actions";
import type { Draft } from "@/lib/overrides/draft";
import { type Choices, OverrideForm } from "./override-form";

type Props = { draft: Draft; choices: Choices; timeZone: string };

/** The button "New override" and its dialog, which is open when the draft was made from a run. */
export function NewOverride({ runId, ...form }: Props & { runId: string | null }) {
  const [open, setOpen] = useState(runId !== null);
  const router = useRouter();
  const close = () => {
    setOpen(false);
    const back = wayBack(runId);
    if (back) router.push(back);
  };
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        New override
      </Button>
      <Dialog open={open} onClose={close} title="New override">
        <OverrideForm {...form} action={createOverride} submitLabel="Create override" onClose={close} />
      </Dialog>
    </>
  );
}

/** @param what the override is about, for people who do not see which row the button stands in. */
export function EditOverride({ id, version, what, ...form }: Props & { id: string; version: number; what: string }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="sm" icon={<Pencil aria-hidden />} aria-label={`Edit: ${what}`} onClick={() => setOpen(true)}>
        Edit
      </Button>
      <Dialog open={open} onClose={close} title="Edit override">
        <OverrideForm {...form} action={updateOverride} hidden={{ id, version }} submitLabel="Save" onClose={close} />
      </Dialog>
    </>
  );
}
