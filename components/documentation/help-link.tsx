"use client";
import { CircleQuestionMark } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

/** Opens the page of the manual about the screen one is on. */
export function HelpLink() {
  return (
    <Link
      href={`/documentation?${new URLSearchParams({ about: usePathname() })}`}
      prefetch={false}
      aria-label="Help about this page"
      title="Help about this page"
      className="grid min-h-11 min-w-9 shrink-0 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink md:min-h-9"
    >
      <CircleQuestionMark aria-hidden className="size-5" />
    </Link>
  );
}
