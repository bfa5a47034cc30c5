import type { ReactNode } from "react";

/** A part of the panel, with a heading of its own. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-1.5">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}
