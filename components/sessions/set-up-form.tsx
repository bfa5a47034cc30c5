"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormCheckbox, FormText } from "@/components/form/form-fields";
import { SubmitButton } from "@/components/ui/submit-button";
import { setUp } from "@/lib/auth/actions";

export function SetUpForm() {
  return (
    <ActionForm action={setUp} className="grid gap-4">
      <FormText
        label="Username"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
      />
      <FormText
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint="At least 15 characters; a few words in a row are fine."
      />
      <FormText label="Confirm password" name="confirm_password" type="password" autoComplete="new-password" required />
      <FormCheckbox
        label="Load sample data"
        name="sample_data"
        hint="40 invented customers with 90 days of runs, to look around. Leave it out for real use."
      />
      <SubmitButton>Create administrator</SubmitButton>
    </ActionForm>
  );
}
