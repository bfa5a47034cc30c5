"use server";
import { and, eq, sql } from "drizzle-orm";
import { action } from "../action";
import { settings } from "../db/schema/access";
import { ConflictError } from "../errors";
import { settingsSchema } from "./schema";

export const updateSettings = action(
  "settings.manage",
  settingsSchema,
  async ({ tx, audit }, input) => {
    const [before] = await tx.select().from(settings);
    const next = {
      accountName: input.account_name,
      timeZone: input.time_zone,
      passwordMinimumLength: input.password_minimum_length,
      signInFailureLimit: input.sign_in_failure_limit,
      signInWaitMinutes: input.sign_in_wait_minutes,
      sessionIdleHours: input.session_idle_hours,
      sessionDays: input.session_days,
      dayStatus: input.day_status,
      reviewsPlainSuccess: input.reviews_plain_success,
      live: input.live,
    };
    const changed = Object.entries(next).filter(([name, value]) => before?.[name as keyof typeof next] !== value);
    const updated = await tx
      .update(settings)
      .set({ ...next, version: sql`${settings.version} + 1` })
      .where(and(eq(settings.id, 1), eq(settings.version, input.version)))
      .returning({ id: settings.id });
    if (updated.length === 0) {
      const theirs = changed.map(([name]) => `${name}: ${before?.[name as keyof typeof next]}`).join(", ");
      throw new ConflictError(
        `Somebody else saved the settings meanwhile (now ${theirs || "the same as yours"}). Yours are still in the form; reload to start from theirs.`,
      );
    }
    const was = Object.fromEntries(changed.map(([name]) => [name, before?.[name as keyof typeof next]]));
    audit({ action: "settings.update", target: "Settings", before: was, after: Object.fromEntries(changed) });
    return "The settings were saved.";
  },
  { name: "settings.update" },
);
