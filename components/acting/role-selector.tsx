"use client";
import { useEffect, useRef } from "react";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { switchRole } from "@/lib/sessions/actions";
import { useLeavingAction } from "./use-leaving-action";

type Props = { roles: { id: string; name: string }[]; activeId: string; previewName?: string };

/** The active role in the navigation bar: a select when there is a choice, plain text with one role and in a preview. */
export function RoleSelector({ roles, activeId, previewName }: Props) {
  const [state, send, pending] = useLeavingAction(switchRole);
  const form = useRef<HTMLFormElement>(null);
  const toast = useToast();

  useEffect(() => {
    if (state.status === "refused") toast(state.message, "danger");
  }, [state, toast]);

  const active = roles.find(({ id }) => id === activeId);
  if (previewName) return <span className="block truncate text-muted">Preview: {previewName}</span>;
  if (roles.length < 2) return <span className="block truncate text-muted">{active?.name ?? "No role"}</span>;
  return (
    <form ref={form} action={send}>
      <Select
        aria-label="Active role"
        name="role"
        key={activeId}
        defaultValue={activeId}
        aria-busy={pending}
        options={roles.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={() => form.current?.requestSubmit()}
      />
    </form>
  );
}
