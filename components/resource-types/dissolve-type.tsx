"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormSelect } from "@/components/form/form-fields";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatCount } from "@/lib/format";
import { deleteType, mergeType } from "@/lib/resource-types/actions";
import type { CoveringRole, ResourceType } from "@/lib/resource-types/queries";
import { Consequences } from "./consequences";

type Props = {
  way: "merge" | "delete";
  type: ResourceType;
  others: ResourceType[];
  roles: CoveringRole[] | null;
  onClose: () => void;
};

/** Takes a type away; its jobs get another one, and who covers them may change with that: said before it is done. */
export function DissolveType({ way, type, others, roles, onClose }: Props) {
  const [into, setInto] = useState("");
  const isMerge = way === "merge";
  const other = others.find(({ id }) => id === into);
  const hasJobs = type.jobs !== 0;
  return (
    <Dialog open onClose={onClose} title={isMerge ? `Merge ${type.name}` : `Delete ${type.name}?`}>
      <ActionForm
        action={isMerge ? mergeType : deleteType}
        hidden={{ id: type.id }}
        onDone={onClose}
        className="grid gap-4"
      >
        <p>{whatHappens(type, isMerge)}</p>
        {(isMerge || hasJobs) && (
          <FormSelect
            label={isMerge ? "Into" : "New home for its jobs"}
            name="into"
            defaultValue={into}
            onChange={(event) => setInto(event.currentTarget.value)}
            options={[
              { value: "", label: "Choose a type" },
              ...others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        {other && hasJobs && <Consequences from={type} into={other} roles={roles} />}
        <ButtonRow align="end">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton variant="danger">{isMerge ? "Merge" : `Delete ${type.name}`}</SubmitButton>
        </ButtonRow>
      </ActionForm>
    </Dialog>
  );
}

function whatHappens({ name, jobs, suggestedAs }: ResourceType, isMerge: boolean): string {
  const words = suggestedAs.join(", ");
  if (jobs === 0 && !isMerge)
    return words
      ? `No job is of this type. Mails about ${words} suggest no type of their own any more.`
      : "No job is of this type.";
  const moved = jobs === null ? "Its jobs" : jobs === 0 ? "" : `Its ${formatCount(jobs, "job")}`;
  const parts = [moved, words && `the suggestion for mails about ${words}`].filter(Boolean).join(" and ");
  const sentence = parts ? `${parts[0]?.toUpperCase()}${parts.slice(1)} will belong to the type you choose. ` : "";
  return `${sentence}${name} is gone afterwards.`;
}
