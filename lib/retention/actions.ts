"use server";
import { and, eq, sql } from "drizzle-orm";
import { action } from "../action";
import { settings } from "../db/schema/access";
import { ConflictError } from "../errors";
import { storedRetentionSchema } from "./schema";

export const updateRetention = action(
  "settings.manage",
  storedRetentionSchema,
  async ({ tx, audit }, { mails, runs, audit: entries, version }) => {
    const [before] = await tx.select().from(settings).for("update");
    const next = { keepMailsDays: mails, keepRunsDays: runs, keepAuditDays: entries };
    const was = {
      keepMailsDays: before?.keepMailsDays ?? null,
      keepRunsDays: before?.keepRunsDays ?? null,
      keepAuditDays: before?.keepAuditDays ?? null,
    };
    if (before?.version !== version) {
      const days = (kept: number | null) => (kept === null ? "for ever" : `${kept} days`);
      throw new ConflictError(
        `Somebody else saved the settings meanwhile (mails ${days(was.keepMailsDays)}, runs ${days(was.keepRunsDays)}, audit log ${days(was.keepAuditDays)}). Yours are still in the form; reload to start from theirs.`,
      );
    }
    await tx
      .update(settings)
      .set({ ...next, version: sql`${settings.version} + 1` })
      .where(and(eq(settings.id, 1), eq(settings.version, version)));
    audit({ action: "settings.retention", target: "Settings", before: was, after: next });
    return "Saved. What is older goes within the hour.";
  },
  { name: "settings.retention" },
);
