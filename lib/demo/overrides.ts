import "server-only";
import { and, desc, eq, gte, like, ne, type SQL } from "drizzle-orm";
import type { Tx } from "../db";
import { jobs } from "../db/schema/desk";
import { overrides } from "../db/schema/overrides";
import { runs } from "../db/schema/runs";
import { applyOverrides } from "../overrides/apply";
import { lastNightOf } from "./outcomes";
import type { Random } from "./random";

const DAY = 86_400_000;
const LOW = "low on free disk space";

/** Stores what a desk has learned to live with for a while, and lets it count for the runs since then. */
export async function insertOverrides(tx: Tx, random: Random, now: Date): Promise<void> {
  const day = (days: number) => new Date(lastNightOf(now) + days * DAY);
  const full = await latestRun(tx, like(runs.message, `%${LOW}%`));
  const away = await latestRun(tx, eq(runs.status, "missed"));
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
      ...{ scope: "customer", customerId: full?.customerId, statuses: ["warning"], match: "contains" },
      matchText: LOW,
      reason: "Disks are ordered and arrive this week.",
      ...{ startsAt: day(-6), endsAt: day(3) },
    },
    {
      ...{ scope: "job", jobId: away?.jobId, statuses: ["missed"] },
      reason: "The machine is being replaced and often switched off.",
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

async function latestRun(tx: Tx, condition: SQL): Promise<{ jobId: string; customerId: string } | undefined> {
  const [latest] = await tx
    .select({ jobId: jobs.id, customerId: jobs.customerId })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(condition)
    .orderBy(desc(runs.ranAt), runs.id)
    .limit(1);
  return latest;
}
