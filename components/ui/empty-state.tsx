import type { ReactNode } from "react";

type Props = { title: ReactNode; children?: ReactNode; action?: ReactNode };

/** Stands where a list would: says that nothing is there, and what to do next. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className="grid justify-items-center gap-2 rounded-lg border border-line border-dashed bg-surface px-4 py-10 text-center">
      <p className="font-semibold text-lg">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
