"use client";
import { useState } from "react";
import { BulkBar } from "./bulk-bar";
import type { RoleView, UserView } from "./types";
import { UserItem } from "./user-item";

type Props = { users: UserView[]; roles: RoleView[]; timeZone: string };

/** The users of one page. One client component with plain data: its rows cost the server little. */
export function UserList({ users, roles, timeZone }: Props) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = (id: string, isSelected: boolean) => {
    setSelected((before) => new Set(isSelected ? [...before, id] : [...before].filter((other) => other !== id)));
  };
  const selectAll = (isSelected: boolean) => setSelected(new Set(isSelected ? users.map(({ id }) => id) : []));

  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <BulkBar
        selected={users.filter(({ id }) => selected.has(id))}
        shown={users.length}
        roles={roles}
        timeZone={timeZone}
        onSelectAll={selectAll}
      />
      {users.map((user) => (
        <UserItem
          key={user.id}
          user={user}
          roles={roles}
          timeZone={timeZone}
          isSelected={selected.has(user.id)}
          onSelect={select}
        />
      ))}
    </div>
  );
}
