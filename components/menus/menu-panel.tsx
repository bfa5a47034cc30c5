"use client";
import { useRef } from "react";
import type { Menus } from "@/lib/menus/rules";
import { isGroup, labelOf, type MenuKey, menuNames, titleOf } from "@/lib/menus/types";
import { AddItems } from "./add-items";
import { MenuForm } from "./menu-form";
import { MenuTree } from "./menu-tree";
import { NameDialog } from "./name-dialog";
import { TreeToolbar } from "./tree-toolbar";
import type { MenuDrafts } from "./use-menu-drafts";
import { useTree } from "./use-tree";

const wheres: Record<MenuKey, string> = {
  main: "Under the product's name; on phones behind “Open menu”.",
  header: "At the top right; on phones behind “Open menu”.",
  bottom: "At the end of every page; on phones behind “Open menu” too.",
  shortcuts: "A row of links on the dashboard.",
};

/** One menu in the editor. */
export function MenuPanel({ menuKey, menus, editor }: { menuKey: MenuKey; menus: Menus; editor: MenuDrafts }) {
  const list = useRef<HTMLDivElement>(null);
  const draft = editor.drafts[menuKey];
  const menu = menus[menuKey];
  const { items } = draft;
  const tree = useTree({ items, onChange: (next) => editor.change(menuKey, next), list });
  const selected = tree.place?.item;
  return (
    <div className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted">{wheres[menuKey]}</p>
        <AddItems items={items} onAdd={tree.add} />
      </div>
      <TreeToolbar tree={tree} />
      <MenuTree name={menuNames[menuKey]} items={items} newPages={menu.newPages} tree={tree} list={list} />
      <MenuForm
        menuKey={menuKey}
        menu={menu}
        draft={draft}
        isChanged={editor.changed.includes(menuKey)}
        isOutdated={editor.outdated.includes(menuKey)}
        onReset={() => editor.reset(menuKey)}
        onTakeOver={() => editor.takeOver(menuKey)}
        onStored={(stored, version) => editor.stored(menuKey, stored, version)}
        onRestored={(stored, version) => editor.restored(menuKey, stored, version)}
      />
      {tree.renaming && selected && (
        <NameDialog
          title={`Rename ${labelOf(selected)}`}
          name={labelOf(selected)}
          confirmLabel="Rename"
          hint={isGroup(selected) ? undefined : `Leave it empty for the page's own name, ${titleOf(selected.page)}.`}
          taken={isGroup(selected) ? items.filter((one) => isGroup(one) && one !== selected).map(labelOf) : []}
          mayBeEmpty={!isGroup(selected)}
          onDone={tree.rename}
          onClose={() => tree.setRenaming(false)}
        />
      )}
    </div>
  );
}
