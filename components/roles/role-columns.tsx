"use client";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { type Step, useRoleDraft } from "./draft-context";

const steps: { step: Step; label: string }[] = [
  { step: "roles", label: "Roles" },
  { step: "operations", label: "Operations" },
  { step: "permissions", label: "Permissions" },
];

type Props = { roles: ReactNode; operations: ReactNode; permissions: ReactNode; footer: ReactNode };

/** Three columns beside each other; on a phone one after the other. */
export function RoleColumns({ roles, operations, permissions, footer }: Props) {
  const { step, setStep } = useRoleDraft();
  const columns: Record<Step, ReactNode> = { roles, operations, permissions };

  return (
    <>
      <nav aria-label="Steps" className="flex gap-1 border-line border-b lg:hidden">
        {steps.map((one, at) => (
          <button
            key={one.step}
            type="button"
            aria-current={one.step === step ? "step" : undefined}
            onClick={() => setStep(one.step)}
            className={cx(
              "min-h-11 border-b-2 px-3 -outline-offset-2",
              one.step === step ? "border-accent font-semibold" : "border-transparent text-muted",
            )}
          >
            {at + 1}. {one.label}
          </button>
        ))}
      </nav>
      {/* Not a grid: in one, the footer could not stick to the bottom of the window. */}
      <div className="flex flex-col gap-4">
        <div className="grid items-start gap-4 lg:grid-cols-[15rem_minmax(0,1fr)_minmax(15rem,20rem)]">
          {steps.map((one) => (
            <div key={one.step} className={cx("grid min-w-0 gap-4", one.step !== step && "max-lg:hidden")}>
              {columns[one.step]}
            </div>
          ))}
        </div>
        <div data-sticks="bottom" className={cx("sticky bottom-0 z-10", step === "roles" && "max-lg:hidden")}>
          {footer}
        </div>
      </div>
    </>
  );
}
