import type { ReactNode } from "react";
import type { Impact } from "@/lib/insight/impact";
import { rowWords } from "@/lib/insight/impact-words";
import { labelOf } from "@/lib/insight/words";

/** All that storing the draft would change, and for whom. */
export function ImpactList({ impact }: { impact: Impact }) {
  const { holders, names, sessions, rights, links } = impact;
  const more = holders - names.length;
  return (
    <div className="grid gap-4">
      <Part title="Who">
        {holders === 0 ? (
          <p>Nobody holds this role.</p>
        ) : (
          <p className="break-words">
            {names.join(", ")}
            {more > 0 && ` and ${more.toLocaleString("en")} more`}
          </p>
        )}
        {sessions > 0 && <p className="text-muted">Open sessions in this role now: {sessions.toLocaleString("en")}</p>}
      </Part>
      <Things title="Rights won" things={rights.won.map(labelOf)} />
      <Things title="Rights lost" things={rights.lost.map(labelOf)} />
      <Things title="Rows, as far as your role covers them" things={rowWords(impact)} />
      <Things title="Menu links won" things={links.won} />
      <Things title="Menu links lost" things={links.lost} />
    </div>
  );
}

function Things({ title, things }: { title: string; things: readonly string[] }) {
  if (things.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="list-disc pl-5">
        {things.map((thing) => (
          <li key={thing} className="break-words">
            {thing}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}
