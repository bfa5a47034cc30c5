"use client";
import { useId } from "react";
import { useFormAnswer } from "@/components/form/action-form";
import { FormCheckbox } from "@/components/form/form-fields";
import { type Treatable, treatable } from "@/lib/overrides/types";
import { statusLabels } from "@/lib/statuses";

/** Which results count as a success; "Unknown" is not among them. */
export function ResultBoxes({ chosen }: { chosen: readonly Treatable[] }) {
  const { errors } = useFormAnswer();
  const errorId = useId();
  return (
    <fieldset aria-describedby={errors.statuses && errorId}>
      <legend className="mb-1 font-medium">Results</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {treatable.map((status) => (
          <FormCheckbox
            key={status}
            label={statusLabels[status]}
            name="statuses[]"
            value={status}
            defaultChecked={chosen.includes(status)}
          />
        ))}
      </div>
      {errors.statuses && (
        <p id={errorId} className="mt-1 text-danger text-sm">
          {errors.statuses}
        </p>
      )}
    </fieldset>
  );
}
