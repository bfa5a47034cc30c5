import "server-only";
import type { Tx } from "../db";
import { reports } from "../db/schema/reports";
import { ticketScopes, tickets } from "../db/schema/tickets";
import type { Random } from "./random";
import type { SampleCustomer, SampleJob } from "./types";

const DAY = 86_400_000;

const problems = [
  [
    "Repository almost full",
    "Free space is below 10 %. The customer ordered disks; until they arrive old restore points are removed by hand.",
  ],
  ["Agent cannot reach the target", "The USB disk was unplugged. Asked the reception to plug it in again."],
  ["Backup credentials expired", "The service account's password was changed. New one stored; watch the next run."],
  ["Snapshot cannot be removed", "The hypervisor keeps an old snapshot. Consolidation planned for the weekend."],
  ["Backups stopped after the move", "The office moved; the firewall at the new site blocks the target's port."],
  ["Runs take twice as long", "Since the last update the job reads everything. Changed block tracking was reset."],
  ["Offsite copy is behind", "The line is too slow for the changes of one day. Waiting for the provider."],
] as const;
const remarks = [
  ["Call before 9 o'clock", "The contact is only at the desk in the morning."],
  ["Laptop is often at home", "A missed run on Fridays is expected."],
  ["Restore test done", "A file and a whole machine were restored; the customer has signed."],
  ["Database is backed up twice", "The vendor makes its own dump at midday; do not remove it."],
  ["Target is replaced in spring", "The old NAS stays until then."],
] as const;

/** Stores tickets and remarks of the last three months; the newer ones are still open, most of them with somebody who sees to them. */
export async function insertNotes(
  tx: Tx,
  random: Random,
  { jobs, assignees, now }: { jobs: readonly SampleJob[]; assignees: readonly string[]; now: Date },
): Promise<void> {
  const entries = Array.from({ length: 42 }, (_, index) => {
    const ticket = index % 3 !== 2;
    const age = Math.round((42 - index) * 2.1);
    const createdAt = new Date(now.getTime() - age * DAY + random.int(0, 20) * 60_000 - 3_600_000);
    const [title, body] = random.pick<readonly [string, string]>(ticket ? problems : remarks);
    const job = random.pick(jobs);
    const resolved = ticket && age > 14;
    return {
      row: {
        id: random.id(createdAt.getTime()),
        kind: ticket ? ("ticket" as const) : ("remark" as const),
        number: ticket ? 1001 + index - Math.floor(index / 3) : null,
        title,
        body,
        createdBy: random.pick(["oto", "nadia", "jonas"]),
        createdAt,
        resolvedAt: resolved ? new Date(createdAt.getTime() + random.int(1, 9) * DAY) : null,
        resolvedBy: resolved ? random.pick(["oto", "nadia"]) : null,
        assigneeId: ticket && random.chance(0.8) ? random.pick(assignees) : null,
      },
      job,
      whole: random.chance(0.3),
    };
  });
  await tx.insert(tickets).values(entries.map(({ row }) => row));
  await tx.insert(ticketScopes).values(
    entries.map(({ row, job, whole }) => ({
      ticketId: row.id,
      ...(whole ? { customerId: job.customer.id } : { jobId: job.id }),
    })),
  );
}

/** Stores the reports that a desk would keep. */
export async function insertReports(
  tx: Tx,
  random: Random,
  customers: readonly SampleCustomer[],
  now: Date,
): Promise<void> {
  const hospital = customers.find(({ name }) => name.includes("Hospital"));
  const saved = [
    { name: "Last week, all customers", days: 7, customerId: null },
    { name: "Last 30 days, all customers", days: 30, customerId: null },
    { name: "Quarterly review: Saint Aldric Hospital", days: 90, customerId: hospital?.id ?? null },
  ];
  await tx
    .insert(reports)
    .values(saved.map((report) => ({ id: random.id(now.getTime()), ...report, createdBy: "petra", createdAt: now })));
}
