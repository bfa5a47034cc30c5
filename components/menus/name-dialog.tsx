"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { labelSchema } from "@/lib/menus/schema";

type Props = {
  title: string;
  name: string;
  confirmLabel: string;
  hint?: string;
  /** Names that are taken. */
  taken?: readonly string[];
  /** A link without a name is called as its page is. */
  mayBeEmpty?: boolean;
  onDone: (name: string) => void;
  onClose: () => void;
};

/** Asks what a link or a group is to be called; changes nothing but the draft. */
export function NameDialog({
  title,
  name,
  confirmLabel,
  hint,
  taken = [],
  mayBeEmpty = false,
  onDone,
  onClose,
}: Props) {
  const [error, setError] = useState("");
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("name")).trim();
    const wrong = mayBeEmpty && typed === "" ? "" : wrongWith(typed, taken);
    setError(wrong);
    if (wrong) return;
    onClose();
    onDone(typed);
  };

  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={send} noValidate className="grid gap-4">
        <TextField
          label="Name"
          name="name"
          defaultValue={name}
          maxLength={60}
          autoComplete="off"
          hint={hint}
          error={error}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wrongWith(typed: string, taken: readonly string[]): string {
  const parsed = labelSchema.safeParse(typed);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? "";
  return taken.some((other) => other.toLowerCase() === typed.toLowerCase()) ? "Another group has this name." : "";
}
