"use client";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { SelectField } from "@/components/ui/field";
import { type ShownGroup, shownOf } from "@/lib/menus/rules";
import { menuKeys, menuNames } from "@/lib/menus/types";
import type { MenuItems, MenuRole } from "@/lib/menus/warnings";

type Props = { menus: MenuItems; roles: readonly MenuRole[] };

/** The menus as a role sees them, made from what is in the editor now. */
export function MenuPreview({ menus, roles }: Props) {
  const [roleId, setRoleId] = useState("");
  const role = roles.find(({ id }) => id === roleId) ?? roles[0];
  if (!role) return null;
  return (
    <Card title="Preview">
      <div className="grid gap-4">
        <SelectField
          label="Preview as"
          name="preview_as"
          value={role.id}
          onChange={(event) => setRoleId(event.target.value)}
          options={roles.map(({ id, name }) => ({ value: id, label: name }))}
          hint="With the changes that are not stored yet."
        />
        <div className="grid gap-3 sm:max-lg:grid-cols-2">
          {menuKeys.map((key) => (
            <section key={key} aria-label={`${menuNames[key]} as ${role.name}`}>
              <h3 className="border-line border-b pb-0.5 text-muted text-sm">{menuNames[key]}</h3>
              <Shown groups={shownOf(menus[key].items, (page) => role.opens.includes(page))} />
            </section>
          ))}
        </div>
      </div>
    </Card>
  );
}

function Shown({ groups }: { groups: readonly ShownGroup[] }) {
  if (groups.length === 0) return <p className="pt-1 text-muted text-sm">Nothing is shown.</p>;
  return groups.map((group) => (
    <div key={group.label ?? group.items[0]?.href} className="pt-1">
      {group.label && <p className="font-semibold text-sm">{group.label}</p>}
      <ul aria-label={group.label ?? undefined} className={group.label ? "pl-3" : undefined}>
        {group.items.map(({ href, label }) => (
          <li key={href}>{label}</li>
        ))}
      </ul>
    </div>
  ));
}
