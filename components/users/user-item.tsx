"use client";
import Link from "next/link";
import { useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { Button, ButtonLink } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Checkbox } from "@/components/ui/field";
import { Badge } from "@/components/ui/status";
import { disableUser, enableUser } from "@/lib/users/actions";
import type { RoleView, UserView } from "./types";
import { type UserDialog, UserDialogOf } from "./user-dialogs";
import { UserRoles } from "./user-roles";

type Props = {
  user: UserView;
  roles: RoleView[];
  timeZone: string;
  isSelected: boolean;
  onSelect: (id: string, selected: boolean) => void;
};

const look =
  "grid min-w-0 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 border-line border-t px-3 py-2.5 " +
  "lg:grid-cols-[auto_minmax(0,1fr)_minmax(0,1.3fr)_20.5rem] lg:gap-x-5";

/** One user: a row on wide screens, a card on a phone. */
export function UserItem({ user, roles, timeZone, isSelected, onSelect }: Props) {
  const [dialog, setDialog] = useState<UserDialog | null>(null);

  return (
    <fieldset aria-label={user.username} className={cx(look, isSelected && "bg-accent-soft")}>
      <Checkbox
        label={`Select ${user.username}`}
        hideLabel
        checked={isSelected}
        onChange={(event) => onSelect(user.id, event.target.checked)}
      />
      <Who user={user} />
      <div className="min-w-0 max-lg:col-start-2 max-sm:col-span-full">
        <UserRoles user={user} roles={roles} timeZone={timeZone} />
      </div>
      <div className="flex flex-wrap content-start items-start gap-2 max-lg:col-start-2 max-sm:col-span-full lg:justify-end">
        {user.isManageable && <Controls user={user} onOpen={setDialog} />}
        {user.isOwn && (
          <ButtonLink size="sm" href="/account">
            My Account
          </ButtonLink>
        )}
      </div>
      {dialog && <UserDialogOf kind={dialog} user={user} onClose={() => setDialog(null)} />}
    </fieldset>
  );
}

function Who({ user }: { user: UserView }) {
  return (
    <div className="min-w-0 break-words">
      <p className="flex flex-wrap items-center gap-x-2">
        <Link href={`/settings/users/${user.id}`} prefetch={false} className="min-w-0 break-all font-semibold">
          {user.username}
        </Link>
        <Badge tone={user.isDisabled ? "danger" : "success"}>{user.isDisabled ? "Disabled" : "Enabled"}</Badge>
        {user.isOwn && <Badge tone="info">You</Badge>}
        {user.mustChange && <Badge tone="warning">New password due</Badge>}
      </p>
      {(user.name || user.email) && <p>{[user.name, user.email].filter(Boolean).join(" · ")}</p>}
      <p className="text-muted text-sm">{user.lastSignIn ? `Last sign-in ${user.lastSignIn}` : "Never signed in"}</p>
    </div>
  );
}

function Controls({ user, onOpen }: { user: UserView; onOpen: (dialog: UserDialog) => void }) {
  return (
    <>
      <Button size="sm" onClick={() => onOpen("edit")}>
        Edit
      </Button>
      <Button size="sm" onClick={() => onOpen("password")}>
        New password
      </Button>
      <ActionButton size="sm" action={user.isDisabled ? enableUser : disableUser} hidden={{ id: user.id }}>
        {user.isDisabled ? "Enable" : "Disable"}
      </ActionButton>
      <Button size="sm" onClick={() => onOpen("delete")}>
        Delete
      </Button>
    </>
  );
}
