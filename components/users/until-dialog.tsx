"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormSelect } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { assignUntil } from "@/lib/users/ends/actions";
import type { RoleView, UserView } from "./types";
import { UntilFields } from "./until-fields";

type Props = { user: UserView; roles: RoleView[]; timeZone: string; onClose: () => void };

/** Gives one role until a moment, or changes the end of one that is held: "operator until Friday". */
export function UntilDialog({ user, roles, timeZone, onClose }: Props) {
  const possible = roles.filter(({ id, grantable }) => grantable || user.roleIds.includes(id));
  const [roleId, setRoleId] = useState("");
  const end = user.ends.find((one) => one.roleId === roleId);
  return (
    <Dialog open onClose={onClose} title={`A temporary role for ${user.username}`}>
      <ActionForm
        action={assignUntil}
        hidden={{ id: user.id, version: user.version }}
        onDone={onClose}
        className="grid gap-4"
      >
        <RefreshWhenRefused />
        <FormSelect
          label="Role"
          name="role"
          defaultValue={roleId}
          onChange={(event) => setRoleId(event.currentTarget.value)}
          options={[
            { value: "", label: "Choose a role" },
            ...possible.map(({ id, name }) => ({
              value: id,
              label: user.roleIds.includes(id) ? `${name} (held now)` : name,
            })),
          ]}
        />
        <UntilFields key={roleId} timeZone={timeZone} until={end?.value} reason={end?.reason} />
        <p className="text-muted text-sm">The role ends by itself at that moment. The other roles stay as they are.</p>
        <ButtonRow align="end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Apply</SubmitButton>
        </ButtonRow>
      </ActionForm>
    </Dialog>
  );
}
