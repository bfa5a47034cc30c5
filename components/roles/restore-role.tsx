"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { restoreDefaults } from "@/lib/roles/actions";
import { differing, rightLines } from "@/lib/roles/changes";
import type { RoleDraft } from "@/lib/roles/draft";
import type { RoleView } from "@/lib/roles/queries";
import { sentenceOf } from "@/lib/roles/wording";
import { useRoleDraft } from "./draft-context";
import { TwoLists } from "./two-lists";

type Props = { role: RoleView; defaults: Pick<RoleDraft, "rights" | "marks"> };

const NAMES_SHOWN = 5;

/** Lists what would change, then gives a built-in role back what it started with. */
export function RestoreRole({ role, defaults }: Props) {
  const { isChanged, spell } = useRoleDraft();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const lines = (of: Props["defaults"]) => rightLines(of, (right, tree) => sentenceOf(spell(right, tree), NAMES_SHOWN));
  const [now, after] = [lines(role.draft), lines(defaults)];
  const [lost, won] = [differing(now, after), differing(after, now)];
  const isDefault = lost.length === 0 && won.length === 0;
  const title = isDefault ? "It has its defaults." : isChanged ? "Update or reset first." : undefined;

  return (
    <>
      <Button size="sm" disabled={isDefault || isChanged} title={title} onClick={() => setOpen(true)}>
        Restore defaults
      </Button>
      <Dialog open={isOpen} onClose={close} title={`Restore the defaults of ${role.draft.name}?`}>
        <ActionForm
          action={restoreDefaults}
          hidden={{ id: role.id, version: role.version }}
          onDone={close}
          className="grid gap-4"
        >
          <RefreshWhenRefused />
          <p>Name and description stay. This changes:</p>
          <TwoLists left={{ title: "Now", lines: lost }} right={{ title: "Afterwards", lines: won }} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="danger">Restore defaults</SubmitButton>
          </div>
        </ActionForm>
      </Dialog>
    </>
  );
}
