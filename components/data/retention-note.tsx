import { formatDay } from "@/lib/format";
import type { Retention } from "@/lib/retention/rules";

/** One sentence below runs: since when they are kept, and since when what their mails said. Nothing when all is kept for ever. */
export function RetentionNote({ retention, timeZone }: { retention: Retention; timeZone: string }) {
  const { runs, mails } = retention;
  const since = (days: number) => formatDay(new Date(Date.now() - days * 86_400_000), timeZone);
  const sentences = [
    ...(runs === null ? [] : [`Runs are kept for ${runs} days: those before ${since(runs)} are gone.`]),
    ...(mails === null ? [] : [`What their mails said is kept for ${mails} days, since ${since(mails)}.`]),
  ];
  return sentences.length > 0 && <p className="text-muted text-sm">{sentences.join(" ")}</p>;
}
