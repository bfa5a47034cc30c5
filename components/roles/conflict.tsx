"use client";
import { useEffect, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import { linesOf } from "@/lib/roles/changes";
import type { RoleDraft } from "@/lib/roles/draft";
import type { RoleView } from "@/lib/roles/queries";
import { sentenceOf } from "@/lib/roles/wording";
import { useRoleDraft } from "./draft-context";
import { StoreForm } from "./store-form";
import { TwoLists } from "./two-lists";

const NAMES_SHOWN = 20;

/** Somebody else stored the role meanwhile: theirs and mine, and which of them it shall be. */
export function Conflict({ role }: { role: RoleView }) {
  const { isConflicting, ...state } = useRoleDraft();
  return isConflicting ? <TheirsAndMine role={role} {...state} /> : null;
}

type Props = { role: RoleView } & Pick<ReturnType<typeof useRoleDraft>, "draft" | "spell" | "errors" | "reset">;

function TheirsAndMine({ role, draft, spell, errors, reset }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const lines = (one: RoleDraft) => linesOf(one, (right, tree) => sentenceOf(spell(right, tree), NAMES_SHOWN));

  return (
    <div ref={place}>
      <Alert tone="warning" title={errors.version ?? "This role was changed meanwhile. Yours is kept here."}>
        <div className="mt-2 grid gap-3">
          <TwoLists
            left={{ title: "Stored now", lines: lines(role.draft) }}
            right={{ title: "Yours", lines: lines(draft) }}
          />
          <div className="flex flex-wrap gap-2">
            <Button onClick={reset}>Use theirs</Button>
            <StoreForm version={role.version}>
              <SubmitButton variant="secondary">Store mine anyway</SubmitButton>
            </StoreForm>
          </div>
        </div>
      </Alert>
    </div>
  );
}
