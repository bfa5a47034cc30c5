"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { SubmitButton } from "@/components/ui/submit-button";
import { signIn } from "@/lib/auth/actions";

export function SignInForm({ next, hint }: { next: string; hint: string }) {
  return (
    <ActionForm action={signIn} hidden={{ next }} className="grid gap-4">
      <FormText
        label="Username"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
      />
      <FormText label="Password" name="password" type="password" autoComplete="current-password" required />
      <SubmitButton>Sign in</SubmitButton>
      <p className="text-muted text-sm">{hint} Forgotten? An administrator can set a new password.</p>
    </ActionForm>
  );
}
