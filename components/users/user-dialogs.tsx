"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormCheckbox, FormText } from "@/components/form/form-fields";
import { NewPasswordFields } from "@/components/form/new-password-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { deleteUser, editUser, setPassword } from "@/lib/users/actions";
import type { UserView } from "./types";

export type UserDialog = "password" | "edit" | "delete";
type Props = { user: UserView; onClose: () => void };

export function UserDialogOf({ kind, ...props }: Props & { kind: UserDialog }) {
  if (kind === "password") return <NewPasswordDialog {...props} />;
  return kind === "edit" ? <EditDialog {...props} /> : <DeleteDialog {...props} />;
}

function NewPasswordDialog({ user, onClose }: Props) {
  return (
    <Dialog open onClose={onClose} title={`New password for ${user.username}`}>
      <ActionForm action={setPassword} hidden={{ id: user.id }} onDone={onClose} className="grid gap-4">
        <NewPasswordFields
          field={{ label: "New password", name: "new_password" }}
          confirm={{ label: "Confirm new password", name: "confirm_new_password" }}
        />
        <FormCheckbox label="Must change at next sign-in" name="must_change" />
        <p className="text-muted text-sm">All sessions of {user.username} end at once.</p>
        <Buttons onClose={onClose}>
          <SubmitButton>Set password</SubmitButton>
        </Buttons>
      </ActionForm>
    </Dialog>
  );
}

function EditDialog({ user, onClose }: Props) {
  return (
    <Dialog open onClose={onClose} title={`Edit ${user.username}`}>
      <ActionForm
        action={editUser}
        hidden={{ id: user.id, version: user.version }}
        onDone={onClose}
        className="grid gap-4"
      >
        <RefreshWhenRefused />
        <FormText label="Name" name="name" defaultValue={user.name} autoComplete="off" />
        <FormText label="E-mail" name="email" type="email" defaultValue={user.email} autoComplete="off" />
        <Buttons onClose={onClose}>
          <SubmitButton>Save changes</SubmitButton>
        </Buttons>
      </ActionForm>
    </Dialog>
  );
}

function DeleteDialog({ user, onClose }: Props) {
  return (
    <Dialog open onClose={onClose} title={`Delete ${user.username}?`}>
      <ActionForm action={deleteUser} hidden={{ id: user.id }} onDone={onClose} className="grid gap-4">
        <p>
          <b>{user.username}</b>
          {user.name && ` (${user.name})`} is signed out and removed for good. The audit log keeps the name. To keep the
          account for later, disable it instead.
        </p>
        <Buttons onClose={onClose}>
          <SubmitButton variant="danger">Delete {user.username}</SubmitButton>
        </Buttons>
      </ActionForm>
    </Dialog>
  );
}

function Buttons({ onClose, children }: { onClose: () => void; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={onClose}>Cancel</Button>
      {children}
    </div>
  );
}
