import Link from "next/link";
import { Fragment } from "react";
import { cx } from "@/components/ui/cx";
import type { Block, ManualPage } from "@/lib/documentation/types";

/** The headings of this page: beside the text where there is room, else folded up above it. */
export function OnThisPage({ blocks }: { blocks: readonly Block[] }) {
  const headings = blocks.filter((block) => block.kind === "heading");
  if (headings.length < 2) return null;
  return (
    <nav aria-label="On this page" className="rounded-lg border border-line bg-surface px-3 py-1 lg:py-3">
      <div className="max-lg:hidden">
        <p className="mb-1 font-semibold">On this page</p>
        <Headings headings={headings} />
      </div>
      <details className="lg:hidden">
        <summary className="font-semibold">On this page</summary>
        <Headings headings={headings} />
      </details>
    </nav>
  );
}

function Headings({ headings }: { headings: { id: string; text: string; depth: 2 | 3 }[] }) {
  return (
    <ul>
      {headings.map(({ id, text, depth }) => (
        <li key={id} className={depth === 3 ? "pl-3" : undefined}>
          <a
            href={`#${id}`}
            className="flex items-center py-0.5 text-muted no-underline hover:underline pointer-coarse:min-h-11"
          >
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The way through the manual: the page before, the contents, the page after. */
export function Around({ manual, slug }: { manual: readonly ManualPage[]; slug: string }) {
  const at = manual.findIndex((page) => page.slug === slug);
  const links = [
    { label: "Previous", page: manual[at - 1] },
    { label: "Next", page: manual[at + 1] },
  ];
  return (
    <nav aria-label="Pages of the manual" className="mt-4 grid gap-2 border-line border-t pt-4 sm:grid-cols-2">
      {links.map(({ label, page }) => (
        <Fragment key={label}>
          {page && (
            <Link
              href={`/documentation/${page.slug}`}
              prefetch={false}
              className={cx(
                "grid rounded-lg border border-line bg-surface px-3 py-2 no-underline hover:bg-sunken",
                label === "Next" && "text-right sm:col-start-2",
              )}
            >
              <span className="text-muted text-sm">{label}</span>
              {page.title}
            </Link>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
