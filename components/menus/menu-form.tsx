"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmButton } from "@/components/form/confirm-button";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import { restoreMenu, saveMenu } from "@/lib/menus/actions";
import type { Items } from "@/lib/menus/moving";
import { defaultItems, type Menu } from "@/lib/menus/rules";
import { type MenuKey, menuNames } from "@/lib/menus/types";
import { MenuConflict } from "./menu-conflict";

type Props = {
  menuKey: MenuKey;
  /** As it is stored now. */
  menu: Menu;
  draft: { version: number; items: Items };
  isChanged: boolean;
  /** Somebody stored it since I began. */
  isOutdated: boolean;
  onReset: () => void;
  onTakeOver: () => void;
  onStored: (items: Items, version: number) => void;
  onRestored: (items: Items, version: number) => void;
};

const versionIn = (data: unknown): number => (data as { version: number }).version;

/** Stores the menu, puts back what is stored, or what the product came with. */
export function MenuForm({ menuKey, menu, draft, isChanged, isOutdated, ...on }: Props) {
  const name = menuNames[menuKey];
  const version = isOutdated ? menu.version : draft.version;
  // What the last answer said is about what was there before.
  const [round, setRound] = useState(0);
  const afresh = (put: () => void) => () => {
    put();
    setRound(round + 1);
  };
  // New pages are looked at by storing the menu with them.
  const isIdle = !isChanged && menu.newPages.length === 0;
  return (
    <div className="grid gap-3">
      <ActionForm
        key={round}
        action={saveMenu}
        hidden={{ key: menuKey, version, items: JSON.stringify(draft.items) }}
        onDone={({ data }) => on.onStored(draft.items, versionIn(data))}
        className="grid gap-3"
      >
        {({ errors }) => (
          <>
            {(errors.items ?? errors.key) && <Alert tone="danger">{errors.items ?? errors.key}</Alert>}
            {isOutdated && <MenuConflict stored={menu.items} mine={draft.items} />}
            <div className="flex flex-wrap gap-2">
              <SubmitButton disabled={isIdle}>{isOutdated ? "Store mine instead" : "Update"}</SubmitButton>
              {isOutdated ? (
                <Button onClick={afresh(on.onTakeOver)}>Use what is stored</Button>
              ) : (
                <Button disabled={!isChanged} onClick={afresh(on.onReset)}>
                  Reset
                </Button>
              )}
            </div>
            <RefreshWhenRefused />
          </>
        )}
      </ActionForm>
      <div className="flex flex-wrap items-center gap-2">
        <ConfirmButton
          action={restoreMenu}
          hidden={{ key: menuKey, version: menu.version }}
          onDone={({ data }) => on.onRestored(defaultItems(menuKey), versionIn(data))}
          label="Restore default"
          question={`Restore the menu ${name}?`}
          confirmLabel="Restore"
          disabled={!menu.isStored}
        >
          <p>Order, groups, names and hidden links of this menu are lost; it becomes as the product came.</p>
          <RefreshWhenRefused />
        </ConfirmButton>
        {!menu.isStored && !isChanged && <p className="text-muted text-sm">This menu is as the product came.</p>}
      </div>
    </div>
  );
}
