import { ShieldCheck, StickyNote, Ticket } from "lucide-react";
import Link from "next/link";
import type { JobMarks as Marks } from "@/lib/desk-overview/job-marks";
import { formatCount } from "@/lib/format";

/** Small signs that something is known about a job: open tickets, remarks, active overrides. Each leads to its list. */
export function JobMarks({ jobId, name, marks }: { jobId: string; name: string; marks: Marks | undefined }) {
  if (!marks) return null;
  const signs = [
    { icon: Ticket, word: "Ticket", count: marks.tickets, what: "open ticket", href: `/tickets?job=${jobId}` },
    { icon: StickyNote, word: "Remark", count: marks.remarks, what: "remark", href: `/remarks?job=${jobId}` },
    {
      icon: ShieldCheck,
      word: "Override",
      count: marks.overrides,
      what: "active override",
      href: `/overrides?state=active&job=${jobId}`,
    },
  ].filter(({ count }) => count > 0);
  return (
    <span className="inline-flex flex-wrap gap-1.5 align-middle">
      {signs.map(({ icon: Icon, word, count, what, href }) => (
        <Link
          key={word}
          href={href}
          prefetch={false}
          title={formatCount(count, what)}
          className="inline-flex items-center gap-1 rounded bg-sunken px-1.5 font-normal text-muted text-xs leading-5 no-underline hover:text-ink pointer-coarse:min-h-11 pointer-coarse:min-w-11"
        >
          <Icon aria-hidden className="size-3.5" />
          {word}
          {count > 1 && ` ${count}`}
          <span className="sr-only">of {name}</span>
        </Link>
      ))}
    </span>
  );
}
