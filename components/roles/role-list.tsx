"use client";
import { Plus } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { control } from "@/components/ui/control";
import { cx } from "@/components/ui/cx";
import { formatCount } from "@/lib/format";
import type { RoleListing } from "@/lib/roles/queries";
import { useRoleDraft } from "./draft-context";

type Props = { roles: RoleListing[]; tools: ReactNode };

const look =
  "flex min-h-9 items-center justify-between gap-2 rounded-md px-2 py-1 text-ink no-underline -outline-offset-2 " +
  "hover:bg-sunken hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-semibold pointer-coarse:min-h-11";

/** All roles, filtered as one types. `tools` are for the selected one. */
export function RoleList({ roles, tools }: Props) {
  const { roleId, setStep } = useRoleDraft();
  const [text, setText] = useState("");
  const wanted = text.trim().toLocaleLowerCase();
  const shown = roles.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));

  return (
    <Card
      title="Roles"
      actions={
        <ButtonLink
          href="/settings/roles?role=new"
          icon={<Plus aria-hidden />}
          size="sm"
          role="button"
          onKeyDown={(event) => event.key === " " && pressed(event)}
          onClick={() => setStep("operations")}
        >
          Add
        </ButtonLink>
      }
    >
      <div className="grid gap-2">
        <div className="flex flex-wrap gap-2 empty:hidden max-lg:hidden">{tools}</div>
        <input
          type="search"
          aria-label="Filter roles"
          placeholder="Filter roles"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={cx(control, "min-h-9 w-full px-2.5 py-1")}
        />
        <p role="status" className={shown.length > 0 ? "sr-only" : "text-muted"}>
          {shown.length > 0 ? formatCount(shown.length, "role") : `No role is called "${text.trim()}".`}
        </p>
        <ul className="-mx-2 grid gap-0.5 lg:max-h-[70dvh] lg:overflow-y-auto">
          {shown.map(({ id, name, users }) => (
            <li key={id} className="min-w-0">
              <Link
                href={`/settings/roles?role=${id}`}
                prefetch={false}
                scroll={false}
                aria-current={id === roleId ? "page" : undefined}
                onClick={() => setStep("operations")}
                className={look}
              >
                <span className="min-w-0 break-words">{name}</span>
                <span className="shrink-0 font-normal text-muted text-sm">{formatCount(users, "user")}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

/** A link by what it is made of, a button by what it does: the space bar presses it too. */
function pressed(event: KeyboardEvent<HTMLElement>): void {
  event.preventDefault();
  event.currentTarget.click();
}
