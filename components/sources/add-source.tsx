"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { createSource } from "@/lib/sources/actions";
import { SourceDialog } from "./source-dialog";

export function AddSource() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add source
      </Button>
      <SourceDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Add source"
        action={createSource}
        submitLabel="Add"
      />
    </>
  );
}
