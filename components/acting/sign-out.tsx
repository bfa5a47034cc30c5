"use client";
import { useActionState, useEffect } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle } from "@/lib/form";
import { signOut } from "@/lib/sessions/actions";
import { leaveTo } from "./leave";

export function SignOut() {
  const [state, send] = useActionState(signOut, idle);

  useEffect(() => {
    if (state.leaveTo) leaveTo(state.leaveTo);
  }, [state]);

  return (
    <form action={send}>
      <SubmitButton variant="ghost" className="w-full justify-start">
        Sign out
      </SubmitButton>
    </form>
  );
}
