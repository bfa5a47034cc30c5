import Link from "next/link";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Found, Piece } from "@/lib/documentation/search";
import { formatCount } from "@/lib/format";

/** What a search has found: the place, and the words around it. */
export function Results({ search, found }: { search: string; found: readonly Found[] }) {
  if (found.length === 0) {
    return (
      <EmptyState
        title={`Nothing was found for "${search}".`}
        action={<ButtonLink href="/documentation">All pages of the manual</ButtonLink>}
      >
        Fewer or shorter words find more.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Results" className="grid gap-3">
      <p role="status" className="text-muted">
        {formatCount(found.length, "place")}
      </p>
      <ol className="grid gap-3">
        {found.map(({ slug, title, id, heading, snippet }) => (
          <li key={`${slug}#${id}`} className="max-w-prose">
            <h2 className="text-lg">
              <Link href={`/documentation/${slug}${id ? `#${id}` : ""}`} prefetch={false}>
                {heading}
              </Link>
              {id && <span className="font-normal text-muted text-sm"> · {title}</span>}
            </h2>
            <p>
              <Snippet pieces={snippet} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Snippet({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ text, marked }, index) =>
    marked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a snippet never change their order
      <mark key={index} className="rounded-sm bg-warning-soft text-ink">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
