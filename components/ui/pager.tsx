import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "./button";

type Props = { previousHref: string | null; nextHref: string | null; summary: ReactNode };

/** What is shown ("1 to 50 of 312") and the links to the pages before and after. */
export function Pager({ previousHref, nextHref, summary }: Props) {
  return (
    <nav aria-label="Pages" className="flex min-h-9 flex-wrap items-center gap-2 text-sm">
      <p className="mr-auto text-muted tabular-nums">{summary}</p>
      {previousHref && (
        <ButtonLink href={previousHref} rel="prev" size="sm" icon={<ChevronLeft aria-hidden />}>
          Previous
        </ButtonLink>
      )}
      {nextHref && (
        <ButtonLink
          href={nextHref}
          rel="next"
          size="sm"
          className="flex-row-reverse"
          icon={<ChevronRight aria-hidden />}
        >
          Next
        </ButtonLink>
      )}
    </nav>
  );
}
