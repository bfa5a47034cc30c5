import type { ReactNode } from "react";

/** Terms and their values; beside each other where there is room. */
export function DescriptionList({ items }: { items: { term: string; value: ReactNode }[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(8rem,auto)_1fr] sm:gap-y-1.5">
      {items.map(({ term, value }) => (
        <div key={term} className="contents">
          <dt className="text-muted max-sm:-mb-2">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
