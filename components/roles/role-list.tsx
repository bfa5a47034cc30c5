"use client";
import Link from "next/link";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { control } from "@/components/ui/control";
import { cx } from "@/components/ui/cx";
import { formatCount } from "@/lib/format";
import type { RoleListing } from "@/lib/roles/queries";

type Props = { roles: RoleListing[]; selectedId: string | null };

/** All roles, filtered as one types. */
export function RoleList({ roles, selectedId }: Props) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLocaleLowerCase();
  const shown = roles.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <Card title="Roles">
      <input
        type="search"
        aria-label="Filter roles"
        placeholder="Filter roles"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={cx(control, "mb-2 min-h-9 w-full px-2.5 py-1")}
      />
      <ul className="grid gap-0.5">
        {shown.map(({ id, name, users }) => (
          <li key={id}>
            <Link
              href={`/settings/roles?role=${id}`}
              prefetch={false}
              aria-current={id === selectedId ? "page" : undefined}
              className="flex min-h-9 items-center justify-between gap-2 rounded-md px-2 no-underline aria-[current]:bg-accent-soft pointer-coarse:min-h-11"
            >
              <span className="min-w-0 break-words">{name}</span>
              <span className="shrink-0 text-muted text-sm">{formatCount(users, "user")}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p role="status" className={shown.length > 0 ? "sr-only" : "text-muted"}>
        {shown.length === 0 ? `No role is called "${text.trim()}".` : ""}
      </p>
    </Card>
  );
}
