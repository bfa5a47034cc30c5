"use client";
import { Hidden } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { switchRole } from "@/lib/sessions/actions";
import { useLeavingAction } from "./use-leaving-action";

/** On a refused page: acts in a role that may open it, and opens it. */
export function SwitchToRole({ role, address }: { role: { id: string; name: string }; address: string }) {
  const [, send] = useLeavingAction(switchRole, address);

  return (
    <form action={send}>
      <Hidden name="role" value={role.id} />
      <SubmitButton>Switch to {role.name}</SubmitButton>
    </form>
  );
}
