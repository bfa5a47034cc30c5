import Link from "next/link";
import type { ManualPage } from "@/lib/documentation/types";

/** Every page of the manual with what it is about. */
export function Contents({ manual }: { manual: readonly ManualPage[] }) {
  return (
    <ol className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {manual.map(({ slug, title, summary }) => (
        <li key={slug} className="relative rounded-lg border border-line bg-surface p-4 hover:bg-sunken">
          <h2 className="text-lg">
            <Link href={`/documentation/${slug}`} prefetch={false} className="after:absolute after:inset-0">
              {title}
            </Link>
          </h2>
          <p className="mt-1 text-muted">{summary}</p>
        </li>
      ))}
    </ol>
  );
}
