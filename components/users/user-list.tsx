"use client";
import { useState } from "react";
import type { RoleView, UserView } from "./types";
import { UserItem } from "./user-item";

type Props = { users: UserView[]; roles: RoleView[] };

/** The users of one page. One client component with plain data: its rows cost the server little. */
export function UserList({ users, roles }: Props) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = (id: string, isSelected: boolean) => {
    setSelected((before) => new Set(isSelected ? [...before, id] : [...before].filter((other) => other !== id)));
  };

  return (
    <div className="rounded-lg border border-line bg-surface">
      {users.map((user) => (
        <UserItem key={user.id} user={user} roles={roles} isSelected={selected.has(user.id)} onSelect={select} />
      ))}
    </div>
  );
}
