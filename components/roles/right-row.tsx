"use client";
import { useId } from "react";
import { type AggregateRight, isAggregate, type rights } from "@/lib/access/registry";
import { countLabel } from "@/lib/roles/wording";
import { useRoleDraft } from "./draft-context";

type Props = {
  entry: (typeof rights)[number];
  isReadOnly: boolean;
  /** Whether who looks holds the right and may give it. */
  isHeld: boolean;
  /** Whether who looks may know what it is given for. */
  isTold: boolean;
  onOpen: (right: AggregateRight) => void;
};

/** One right. The label of an aggregate right that is checked is a link to what it is given for. */
export function RightRow({ entry, isReadOnly, isHeld, isTold, onOpen }: Props) {
  const { draft, trees, setRight, elementOf } = useRoleDraft();
  const id = useId();
  const { right, label, description } = entry;
  const isChecked = draft.rights.includes(right);
  const tree = isAggregate(right) ? trees[right] : undefined;
  const title = isReadOnly || isHeld ? undefined : "Your role does not hold this right, so you cannot give it.";

  return (
    <div className="min-w-0" title={title}>
      <div className="flex items-baseline gap-2 pointer-coarse:min-h-11 pointer-coarse:items-center">
        <input
          id={id}
          type="checkbox"
          aria-label={label}
          aria-describedby={`${id}-hint`}
          checked={isChecked}
          disabled={isReadOnly || !isHeld}
          onChange={(event) => setRight(right, event.target.checked)}
          className="relative top-[0.15em] size-4 shrink-0 accent-accent pointer-coarse:top-0 pointer-coarse:size-5"
        />
        {tree && isAggregate(right) && !isReadOnly ? (
          <a
            href={`#${right}`}
            className="pointer-coarse:py-2.5"
            onClick={(event) => {
              event.preventDefault();
              onOpen(right);
            }}
          >
            {label}
          </a>
        ) : (
          <label htmlFor={id} className="pointer-coarse:py-2.5">
            {label}
          </label>
        )}
        {tree && isTold && (
          <span className="whitespace-nowrap text-muted">{countLabel(tree, (one) => elementOf(one)?.type)}</span>
        )}
      </div>
      <p id={`${id}-hint`} className="ml-6 text-muted text-sm">
        {description}
      </p>
    </div>
  );
}
