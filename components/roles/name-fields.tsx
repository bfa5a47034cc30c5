"use client";
import { useEffect, useRef } from "react";
import { Card } from "@/components/ui/card";
import { TextArea, TextField } from "@/components/ui/field";
import { useRoleDraft } from "./draft-context";

/** Outside of any form: a form would forget what it was given when its answer comes. */
export function NameFields({ isReadOnly }: { isReadOnly: boolean }) {
  const { draft, change, errors } = useRoleDraft();
  const name = useRef<HTMLInputElement>(null);
  // The button that sends it may be screens below.
  useEffect(() => {
    if (errors.name) name.current?.focus();
  }, [errors]);

  return (
    <Card>
      <div className="grid gap-3">
        <TextField
          ref={name}
          label="Name"
          name="name"
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          error={errors.name}
          disabled={isReadOnly}
          autoComplete="off"
          required
        />
        <TextArea
          label="Description"
          name="description"
          rows={2}
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
          error={errors.description}
          disabled={isReadOnly}
        />
      </div>
    </Card>
  );
}
