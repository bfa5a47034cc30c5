"use client";
import { useActionState, useEffect } from "react";
import { Hidden } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle } from "@/lib/form";
import { switchRole } from "@/lib/sessions/actions";
import { leaveTo } from "./leave";

/** On a refused page: acts in a role that may open it, and opens it. */
export function SwitchToRole({ role, address }: { role: { id: string; name: string }; address: string }) {
  const [state, send] = useActionState(switchRole, idle);

  useEffect(() => {
    if (state.leaveTo) leaveTo(address);
  }, [state, address]);

  return (
    <form action={send}>
      <Hidden name="role" value={role.id} />
      <SubmitButton>Switch to {role.name}</SubmitButton>
    </form>
  );
}
