"use client";
import { useEffect, useRef, useState } from "react";
import { ActionForm, useFormAnswer } from "@/components/form/action-form";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveRoles } from "@/lib/users/actions";
import { CurrentRoles, ExpiredRoles } from "./current-roles";
import { RoleCheckboxes } from "./role-checkboxes";
import type { RoleView, UserView } from "./types";
import { UntilDialog } from "./until-dialog";

type Props = { user: UserView; roles: RoleView[]; timeZone: string };
type Asking = "no role" | "until" | null;

/** The roles of one user: the checkboxes are what one wants, "Current" is what is stored. */
export function UserRoles({ user, roles, timeZone }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  return (
    <>
      <ActionForm action={saveRoles} hidden={{ id: user.id, version: user.version }} className="grid gap-1.5">
        <RefreshWhenRefused />
        <RoleFields user={user} roles={roles} onAsk={setAsking} />
      </ActionForm>
      <ExpiredRoles user={user} />
      {asking === "no role" && <NoRoleDialog user={user} onClose={close} />}
      {asking === "until" && <UntilDialog user={user} roles={roles} timeZone={timeZone} onClose={close} />}
    </>
  );
}

type FieldsProps = { user: UserView; roles: RoleView[]; onAsk: (asking: Asking) => void };

function RoleFields({ user, roles, onAsk }: FieldsProps) {
  const { chosen, root, measure } = useChosen(user);
  const isChanged = chosen.length !== user.roleIds.length || chosen.some((id) => !user.roleIds.includes(id));
  const isRefused = roles.some(({ id, grantable }) => !grantable && chosen.includes(id));
  const canSave = isChanged && !isRefused;
  const save = { size: "sm", variant: canSave ? "primary" : "secondary", disabled: !canSave } as const;

  return (
    <div ref={root} className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <RoleCheckboxes legend={`Roles of ${user.username}`} roles={roles} held={user.roleIds} onChange={measure} />
      <CurrentRoles user={user} roles={roles} />
      {chosen.length > 0 ? (
        <SubmitButton {...save}>Save</SubmitButton>
      ) : (
        <Button {...save} onClick={() => onAsk("no role")}>
          Save
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={() => onAsk("until")}>
        Until…
        <span className="sr-only"> (a role of {user.username})</span>
      </Button>
    </div>
  );
}

/** Which boxes are ticked now, measured again after each answer: the form is reset, or gets back what was sent. */
function useChosen(user: UserView) {
  const { at } = useFormAnswer();
  const root = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string[]>(user.roleIds);
  const measure = () => {
    const boxes = root.current?.querySelectorAll<HTMLInputElement>("input[name='roles[]']:checked") ?? [];
    setChosen([...boxes].map(({ value }) => value));
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stored and what was answered change the boxes
  useEffect(measure, [at, user.roleIds.join()]);

  return { chosen, root, measure };
}

function NoRoleDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title={`No role for ${user.username}?`}>
      <ActionForm
        action={saveRoles}
        hidden={{ id: user.id, version: user.version, no_role: "on" }}
        onDone={onClose}
        className="grid gap-4"
      >
        <p>{user.username} will have no role and can open nothing.</p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton variant="danger">Save without a role</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}
