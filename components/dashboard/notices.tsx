import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { expiringOverrides, myTickets, silentSources } from "@/lib/dashboard/queries";
import { formatCount, formatMoment } from "@/lib/format";

/** A source that is silent for longer than usual: what is missed meanwhile is only suspected. */
export async function SilentSources({ timeZone }: { timeZone: string }) {
  const silent = await silentSources();
  if (silent.length === 0) return null;
  const [first] = silent;
  const named = silent.every(({ name }) => name !== null);
  return (
    <Alert tone="warning">
      {named ? (
        <>
          <Link href="/settings/mail" prefetch={false}>
            {silent.map(({ name }) => name).join(", ")}
          </Link>{" "}
          {silent.length === 1 ? "has" : "have"} been silent
        </>
      ) : (
        `${formatCount(silent.length, "source")} of mails ${silent.length === 1 ? "has" : "have"} been silent`
      )}{" "}
      for longer than usual, since {formatMoment(first?.since ?? null, timeZone)}. Runs that are missed meanwhile are
      only suspected.
    </Alert>
  );
}

/** What of their own a person should not forget: tickets they work on, and overrides that end soon. */
export async function Notices({ timeZone }: { timeZone: string }) {
  const [tickets, overrides] = await Promise.all([myTickets(), expiringOverrides()]);
  if (tickets.length === 0 && overrides.length === 0) return null;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {tickets.length > 0 && (
        <Card title="My open tickets">
          <ul className="grid gap-1.5">
            {tickets.map(({ id, number, title, createdAt }) => (
              <Line key={id} href={`/tickets/${id}`} aside={formatMoment(createdAt, timeZone)}>
                {`T-${number} ${title}`}
              </Line>
            ))}
          </ul>
        </Card>
      )}
      {overrides.length > 0 && (
        <Card title="Overrides that end this week">
          <ul className="grid gap-1.5">
            {overrides.map(({ id, reason, endsAt }) => (
              <Line key={id} href="/overrides" aside={formatMoment(endsAt, timeZone)}>
                {reason}
              </Line>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function Line({ href, aside, children }: { href: string; aside: string; children: string }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-3">
      <Link href={href} prefetch={false} className="min-w-0 break-words pointer-coarse:py-2">
        {children}
      </Link>
      <span className="text-muted text-sm tabular-nums">{aside}</span>
    </li>
  );
}
