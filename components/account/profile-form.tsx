"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateProfile } from "@/lib/account/actions";

type Props = { profile: { username: string; name: string; email: string; version: number } };

export function ProfileForm({ profile }: Props) {
  return (
    <ActionForm action={updateProfile} hidden={{ version: profile.version }} className="grid gap-4">
      <FormText label="Name" name="name" defaultValue={profile.name} autoComplete="name" />
      <FormText label="E-mail" name="email" type="email" defaultValue={profile.email} autoComplete="email" />
      <FormText
        label="Current password"
        name="current_password"
        type="password"
        autoComplete="current-password"
        hint="Only needed to change the e-mail address."
      />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}
