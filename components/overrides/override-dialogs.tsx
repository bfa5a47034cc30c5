"use client";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { createOverride, updateOverride } from "@/lib/overrides/actions";
import type { Draft } from "@/lib/overrides/draft";
import { type Choices, OverrideForm } from "./override-form";

type Props = { draft: Draft; choices: Choices; timeZone: string };

/** The button "New override" and its dialog; `startsOpen` for a link that leads straight to it. */
export function NewOverride({ startsOpen, ...form }: Props & { startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  const close = () => setOpen(false);
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
