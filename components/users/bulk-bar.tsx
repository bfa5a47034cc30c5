"use client";
import { useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { ConfirmButton } from "@/components/form/confirm-button";
import { ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { formatCount } from "@/lib/format";
import { assignRole, disableUsers, removeRole } from "@/lib/users/bulk/actions";
import { BulkUntil } from "./bulk-until";
import type { RoleView, UserView } from "./types";

type Props = {
  selected: UserView[];
  shown: number;
  roles: RoleView[];
  timeZone: string;
  onSelectAll: (selected: boolean) => void;
};

/** What can be done with several users at once. */
export function BulkBar({ selected, shown, roles, timeZone, onSelectAll }: Props) {
  return (
    <fieldset
      aria-label="Selected users"
      className="flex min-h-12 min-w-0 flex-wrap items-center gap-x-3 gap-y-2 bg-sunken px-3 py-1.5"
    >
      <Checkbox
        label={selected.length > 0 ? `${selected.length} selected` : "Select all shown"}
        checked={selected.length === shown}
        onChange={(event) => onSelectAll(event.target.checked)}
      />
      {selected.length > 0 && <BulkActions selected={selected} roles={roles} timeZone={timeZone} />}
    </fieldset>
  );
}

function BulkActions({ selected, roles, timeZone }: Pick<Props, "selected" | "roles" | "timeZone">) {
  const [roleId, setRoleId] = useState(roles.at(-1)?.id ?? "");
  const role = roles.find(({ id }) => id === roleId);
  const ids = selected.map(({ id }) => id);
  const having = selected.filter((user) => user.roleIds.includes(roleId));
  const bare = having.filter((user) => user.roleIds.length === 1);
  const count = formatCount(selected.length, "user");

  return (
    <>
      <Select
        aria-label="Role to assign or remove"
        value={roleId}
        onChange={(event) => setRoleId(event.target.value)}
        options={roles.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ActionButton
        size="sm"
        action={assignRole}
        hidden={{ "ids[]": ids, role: roleId }}
        disabled={!role?.grantable || having.length === selected.length}
      >
        Assign role
      </ActionButton>
      {role?.grantable && having.length < selected.length && (
        <BulkUntil
          role={role}
          ids={ids}
          count={formatCount(selected.length - having.length, "user")}
          timeZone={timeZone}
        />
      )}
      {having.length > 0 && role && (
        <ConfirmButton
          size="sm"
          action={removeRole}
          hidden={{ "ids[]": ids, role: roleId, ...(bare.length > 0 && { no_role: "on" }) }}
          label="Remove role"
          question={`Remove ${role.name} from ${formatCount(having.length, "user")}?`}
          confirmLabel="Remove"
        >
          <p>{having.map(({ username }) => username).join(", ")}</p>
          {bare.length > 0 && (
            <p className="mt-2">
              Without any role, and able to open nothing: <b>{bare.map(({ username }) => username).join(", ")}</b>.
            </p>
          )}
        </ConfirmButton>
      )}
      {selected.every(({ isManageable }) => isManageable) && (
        <ConfirmButton
          size="sm"
          action={disableUsers}
          hidden={{ "ids[]": ids }}
          label="Disable"
          question={`Disable ${count}?`}
          confirmLabel="Disable"
        >
          <p>{selected.map(({ username }) => username).join(", ")}: their sessions end at once.</p>
        </ConfirmButton>
      )}
      <ButtonLink size="sm" href={`/api/users/export?${new URLSearchParams(ids.map((id) => ["id", id]))}`} download>
        Export CSV
      </ButtonLink>
    </>
  );
}
