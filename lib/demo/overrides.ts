import "server-only";
import { and, gte, ne } from "drizzle-orm";
import type { Tx } from "../db";
import { overrides } from "../db/schema/overrides";
import { runs } from "../db/schema/runs";
import { applyOverrides } from "../overrides/apply";
import { lastNightOf } from "./outcomes";
import type { Random } from "./random";
import type { SampleJob } from "./types";

const DAY = 86_400_000;

/** Stores what a desk has learned to live with for a while, and lets it count for the runs since then. */
export async function insertOverrides(tx: Tx, random: Random, jobs: readonly SampleJob[], now: Date): Promise<void> {
  const day = (days: number) => new Date(lastNightOf(now) + days * DAY);
  const full = jobs.find(({ product, warnings }) => product === "veeam" && warnings > 0.1);
  const laptop = jobs.find(({ name, lastNight }) => name.includes("LAPTOP") && lastNight === 0);
  const known: Omit<typeof overrides.$inferInsert, "id" | "createdBy">[] = [
    {
      ...{ scope: "global", statuses: ["warning"], match: "contains", matchText: "VMware Tools are outdated" },
      reason: "The tools are updated together with the hosts, in the maintenance of next month.",
      ...{ startsAt: day(-12), endsAt: day(34) },
    },
    {
      ...{
        scope: "software",
        software: "Duplicati",
        statuses: ["warning"],
        match: "contains",
        matchText: "/srv/exchange",
      },
      reason: "The folder is gone with the old mail server; it is taken out of the jobs at the next visit.",
      ...{ startsAt: day(-9), endsAt: day(4) },
    },
    {
      ...{ scope: "customer", customerId: full?.customer.id, statuses: ["warning"], match: "contains" },
      matchText: "low on free disk space",
      reason: "Disks are ordered and arrive this week.",
      ...{ startsAt: day(-6), endsAt: day(3) },
    },
    {
      ...{ scope: "job", jobId: laptop?.id, statuses: ["missed"] },
      reason: "Its owner is on parental leave; the laptop is in the cupboard.",
      ...{ startsAt: day(-20), endsAt: null },
    },
    {
      ...{ scope: "global", statuses: ["failed"], match: "contains", matchText: "RPC server is unavailable" },
      reason: "A faulty update of the servers; the vendor has since replaced it.",
      ...{ startsAt: day(-40), endsAt: day(-26) },
    },
  ];
  await tx.insert(overrides).values(
    known.map((override) => ({
      ...override,
      id: random.id(override.startsAt.getTime()),
      createdBy: random.pick(["oto", "nadia"]),
      createdAt: override.startsAt,
    })),
  );
  const reached = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(gte(runs.ranAt, day(-40)), ne(runs.status, "success")));
  await applyOverrides(
    tx,
    reached.map(({ id }) => id),
  );
}
