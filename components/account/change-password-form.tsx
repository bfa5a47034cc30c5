"use client";
import { leaveTo } from "@/components/acting/leave";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { NewPasswordFields } from "@/components/form/new-password-fields";
import { SubmitButton } from "@/components/ui/submit-button";
import { changePassword } from "@/lib/account/actions";

type Props = { username: string; hint: string };

export function ChangePasswordForm({ username, hint }: Props) {
  return (
    <ActionForm
      action={changePassword}
      onDone={(state) => state.leaveTo && leaveTo(state.leaveTo)}
      className="grid gap-4"
    >
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={username} readOnly hidden />
      <FormText
        label="Current password"
        name="current_password"
        type="password"
        autoComplete="current-password"
        required
      />
      <NewPasswordFields
        field={{ label: "New password", name: "new_password" }}
        confirm={{ label: "Confirm new password", name: "confirm_new_password" }}
        hint={hint}
      />
      <div>
        <SubmitButton>Change password</SubmitButton>
      </div>
    </ActionForm>
  );
}
