import { Stat } from "@/components/ui/stat";
import { waiting } from "@/lib/dashboard/queries";

/** What waits for the person; nothing for a role that has none of it. */
export async function WaitingStats() {
  const { mails, runs, tickets } = await waiting();
  if (mails === null && runs === null && tickets === null) return null;
  return (
    <section aria-labelledby="waiting" className="grid gap-2">
      <h2 id="waiting" className="text-lg">
        Waiting
      </h2>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {runs !== null && (
          <Stat label="Runs to review" value={runs} href="/run-checks" tone={runs !== "0" ? "info" : "neutral"} />
        )}
        {mails !== null && (
          <Stat label="Mails in the inbox" value={mails} href="/inbox" tone={mails !== "0" ? "info" : "neutral"} />
        )}
        {tickets !== null && <Stat label="Open tickets" value={tickets} href="/tickets" />}
      </div>
    </section>
  );
}
