"use client";
import { SubmitButton } from "@/components/ui/submit-button";
import { signOut } from "@/lib/sessions/actions";
import { useLeavingAction } from "./use-leaving-action";

export function SignOut() {
  const [, send] = useLeavingAction(signOut);

  return (
    <form action={send}>
      <SubmitButton variant="ghost" className="w-full justify-start">
        Sign out
      </SubmitButton>
    </form>
  );
}
