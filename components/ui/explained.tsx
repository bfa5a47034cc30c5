import { type ReactNode, useId } from "react";

type Props = { children: ReactNode; because: ReactNode };

/** A value that says where it comes from: on hover, on focus, and when it is tapped. */
export function Explained({ children, because }: Props) {
  const id = useId();

  return (
    <span className="group relative inline-block max-w-full">
      <button
        type="button"
        aria-describedby={id}
        className="max-w-full cursor-help break-words text-left underline decoration-dotted decoration-muted underline-offset-4 pointer-coarse:min-h-11"
      >
        {children}
      </button>
      <span
        role="tooltip"
        id={id}
        className="invisible absolute top-full left-0 z-20 mt-1 w-max max-w-[min(24rem,80vw)] whitespace-normal break-words rounded-md border border-line bg-surface px-3 py-2 text-ink text-sm shadow-raised group-focus-within:visible group-hover:visible"
      >
        {because}
      </span>
    </span>
  );
}
