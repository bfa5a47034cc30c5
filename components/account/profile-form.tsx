"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateProfile } from "@/lib/account/actions";

type Props = { profile: { username: string; name: string; email: string; version: number } };

export function ProfileForm({ profile }: Props) {
  const [email, setEmail] = useState(profile.email);
  return (
    <ActionForm action={updateProfile} hidden={{ version: profile.version }} className="grid gap-4">
      <RefreshWhenRefused />
      <FormText label="Name" name="name" defaultValue={profile.name} autoComplete="name" />
      <FormText
        label="E-mail"
        name="email"
        type="email"
        defaultValue={profile.email}
        autoComplete="email"
        onChange={(event) => setEmail(event.target.value)}
      />
      {email.trim() !== profile.email && (
        <FormText
          label="Current password"
          name="current_password"
          type="password"
          autoComplete="current-password"
          hint="Asked for because the e-mail address changes."
        />
      )}
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}
