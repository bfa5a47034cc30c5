"use client";
import { X } from "lucide-react";
import { useFormAnswer } from "@/components/form/action-form";
import { FindField } from "@/components/form/find-field";
import { Button } from "@/components/ui/button";
import { Hidden } from "@/components/ui/field";
import type { Target } from "@/lib/overrides/draft";

type Props = {
  kind: "customer" | "job";
  label: string;
  chosen: Target | null;
  onChoose: (target: Target | null) => void;
  /** Where those are found that may be chosen here. */
  path?: string;
};

/** Finds one customer or job as one types; its id goes with the form under the name of its kind. */
export function TargetField({ kind, label, chosen, onChoose, path = "/api/overrides/targets" }: Props) {
  const { errors } = useFormAnswer();
  if (!chosen)
    return (
      <FindField<Target>
        label={label}
        name={`${kind}_search`}
        error={errors[kind]}
        placeholder="Type a part of the name"
        address={`${path}?kind=${kind}`}
        none={`No ${kind} is called "%".`}
        onChoose={onChoose}
      >
        {(target) => target.label}
      </FindField>
    );
  return (
    <div className="grid gap-1">
      <span className="font-medium">{label}</span>
      <span className="flex flex-wrap items-center gap-2">
        <Hidden name={kind} value={chosen.id} />
        <span className="min-w-0 break-words">{chosen.label}</span>
        <Button
          variant="ghost"
          size="sm"
          icon={<X aria-hidden />}
          aria-label={`Choose another ${kind} than ${chosen.label}`}
          onClick={() => onChoose(null)}
        />
      </span>
      {errors[kind] && <p className="text-danger text-sm">{errors[kind]}</p>}
    </div>
  );
}
