import { type ReactNode, useId } from "react";

type Props = { title?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A part of a page; with a title it is a named region headed by an h2. */
export function Card({ title, actions, children }: Props) {
  const titleId = useId();

  return (
    <section aria-labelledby={title ? titleId : undefined} className="min-w-0 rounded-lg border border-line bg-surface">
      {(title || actions) && (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-line border-b px-4 py-1.5">
          {title && (
            <h2 id={titleId} className="text-base">
              {title}
            </h2>
          )}
          {actions && <div className="flex flex-wrap items-center gap-2 print:hidden">{actions}</div>}
        </div>
      )}
      <div className="p-4">{children}</div>
    </section>
  );
}
