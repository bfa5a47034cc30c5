"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { createQuietTime } from "@/lib/calendar/actions";
import type { Scope } from "@/lib/calendar/types";
import { QuietTimeForm, type Shown } from "./quiet-time-form";

type Props = { scopes: Scope[]; timeZone: string };

const empty: Shown = {
  ...{
    kind: "holiday",
    name: "",
    customer: null,
    job: null,
    fromDay: "",
    toDay: "",
    isYearly: false,
    starts: "",
    ends: "",
  },
};

export function AddQuietTime(props: Props) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add
      </Button>
      <Dialog open={open} onClose={close} title="Add a holiday or maintenance">
        <QuietTimeForm {...props} action={createQuietTime} shown={empty} submitLabel="Add" onClose={close} />
      </Dialog>
    </>
  );
}
