import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, transaction } from "@/lib/db";
import { customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { overrides } from "@/lib/db/schema/overrides";
import { runs } from "@/lib/db/schema/runs";
import { applyOverrides, lockOverrides, spokenOf } from "@/lib/overrides/apply";
import { openOnPostgres } from "./support/database";

const server = process.env.TEST_POSTGRES_URL ?? "";

describe.skipIf(!server)("on PostgreSQL", () => {
  beforeAll(async () => {
    await openOnPostgres(server, "overrides_race");
  });
  afterAll(closeDatabase);

  test("runs that come in while an override is made fall under it, whoever is first", async () => {
    const jobId = await transaction(async (tx) => {
      const [type] = await tx.select().from(resourceTypes).limit(1);
      const [customer] = await tx.insert(customers).values({ name: "Acme" }).returning();
      const row = { name: "Nightly", customerId: customer?.id ?? "", resourceTypeId: type?.id ?? "" };
      const [job] = await tx.insert(jobs).values(row).returning();
      return job?.id ?? "";
    });
    const comeIn = () =>
      transaction(async (tx) => {
        const [run] = await tx.insert(runs).values({ jobId, status: "failed", ranAt: new Date() }).returning();
        await applyOverrides(tx, [run?.id ?? ""]);
        await new Promise((resolve) => setTimeout(resolve, 5));
      });
    const make = () =>
      transaction(async (tx) => {
        await lockOverrides(tx);
        const facts = { statuses: ["failed" as const], reason: "r", createdBy: "oto", startsAt: new Date(0) };
        const [row] = await tx
          .insert(overrides)
          .values({ ...facts, scope: "job", jobId })
          .returning();
        if (row) await applyOverrides(tx, await spokenOf(tx, row));
      });
    for (let round = 0; round < 10; round++) {
      const before = Array.from({ length: 4 }, comeIn);
      await Promise.all([...before, make(), ...Array.from({ length: 4 }, comeIn)]);
      const open = (await db().select().from(runs)).filter(({ countsAs }) => countsAs !== "success");
      expect(open).toEqual([]);
      await transaction(async (tx) => {
        await tx.delete(overrides);
        await tx.delete(runs);
      });
    }
  }, 60_000);
});
