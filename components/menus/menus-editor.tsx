"use client";
import { useState } from "react";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { Card } from "@/components/ui/card";
import type { Menus } from "@/lib/menus/rules";
import type { MenuKey } from "@/lib/menus/types";
import { type MenuRole, menuWarnings } from "@/lib/menus/warnings";
import { MenuPanel } from "./menu-panel";
import { MenuPreview } from "./menu-preview";
import { MenuTabs, PANEL, tabId } from "./menu-tabs";
import { useMenuDrafts } from "./use-menu-drafts";
import { WarningList } from "./warning-list";

/** The four menus, what a role would see of them, and where rights and menus do not fit. */
export function MenusEditor({ menus, roles }: { menus: Menus; roles: readonly MenuRole[] }) {
  const [key, setKey] = useState<MenuKey>("main");
  const editor = useMenuDrafts(menus);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <UnsavedChanges when={editor.changed.length > 0} />
      <div className="grid min-w-0 gap-4">
        <MenuTabs current={key} changed={editor.changed} onChoose={setKey} />
        <div id={PANEL} role="tabpanel" aria-labelledby={tabId(key)}>
          <MenuPanel key={key} menuKey={key} menus={menus} editor={editor} />
        </div>
      </div>
      <div className="grid min-w-0 gap-4">
        <MenuPreview menus={editor.drafts} roles={roles} />
        <Card title="Warnings">
          <WarningList warnings={menuWarnings(editor.drafts, roles)} />
        </Card>
      </div>
    </div>
  );
}
