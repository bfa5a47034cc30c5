import type { Tx } from "@/lib/db";
import { overrides } from "@/lib/db/schema/overrides";
import { runs } from "@/lib/db/schema/runs";
import { applyOverrides } from "@/lib/overrides/apply";
import { CUSTOMERS, hoursAgo, jobAt } from "./worlds";

export const overrideAt = (i: number): string => `5a000000-0000-7000-8000-${String(i).padStart(12, "0")}`;

/** Of the objects of one job, of a customer that two roles cover and of one that they do not, of a software, of everything. */
export async function addOverrides(tx: Tx): Promise<void> {
  const reaches = [
    { scope: "object" as const, jobId: jobAt(0, 0), objectName: "object 0 0" },
    { scope: "customer" as const, customerId: CUSTOMERS[1]?.id, reason: "Why Beta" },
    { scope: "job" as const, jobId: jobAt(3, 0), reason: "Why Delta" },
    { scope: "software" as const, software: "Soft 0" },
    { scope: "global" as const, match: "exact" as const, matchText: "r0" },
  ];
  for (const [i, reach] of reaches.entries()) {
    const statuses: ("warning" | "failed")[] = i === 3 ? ["warning"] : ["failed"];
    const facts = {
      statuses,
      reason: "Known",
      startsAt: hoursAgo(900 + i),
      createdBy: "ada",
      createdAt: hoursAgo(40 + i),
    };
    await tx.insert(overrides).values({ id: overrideAt(i), ...facts, ...reach });
  }
  const all = await tx.select({ id: runs.id }).from(runs);
  await applyOverrides(
    tx,
    all.map((run) => run.id),
  );
}
