"use client";
import { FormSelect, FormText } from "@/components/form/form-fields";
import type { Assignee } from "@/lib/tickets/types";

type Props = {
  assignees: readonly Assignee[];
  assignee?: Assignee | null;
  externalCode?: string;
  externalUrl?: string;
};

/** Who works on it, and where it is in another ticket system. */
export function AssigneeFields({ assignees, assignee = null, externalCode = "", externalUrl = "" }: Props) {
  // Whoever has it now may keep it, also when it could not be given to them again.
  const isListed = assignees.some(({ id }) => id === assignee?.id);
  const people = assignee && !isListed ? [assignee, ...assignees] : assignees;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FormSelect
        label="Assignee"
        name="assignee"
        defaultValue={assignee?.id ?? ""}
        options={[
          { value: "", label: "Nobody" },
          ...people.map(({ id, username }) => ({ value: id, label: username })),
        ]}
      />
      <FormText
        label="External code"
        name="external_code"
        defaultValue={externalCode}
        maxLength={60}
        autoComplete="off"
        hint="Its number in another ticket system."
      />
      <div className="sm:col-span-2">
        <FormText
          label="Link"
          name="external_url"
          type="url"
          defaultValue={externalUrl}
          maxLength={2000}
          autoComplete="off"
          hint="Where it is there."
        />
      </div>
    </div>
  );
}
