import "server-only";
import { desc, sql } from "drizzle-orm";
import { headers } from "next/headers";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { intakeKeys } from "../db/schema/intake-keys";
import { env } from "../env";

const KEYS_SHOWN = 500;

/** @returns the keys with which machines deliver mails, those in use first, without the keys themselves: nobody can read these again. */
export async function listIntakeKeys() {
  await requireRight("settings.manage");
  const { id, name, createdBy, createdAt, lastUsedAt, mailCount, silentSince, endedAt } = intakeKeys;
  return db()
    .select({ id, name, createdBy, createdAt, lastUsedAt, mailCount, silentSince, endedAt })
    .from(intakeKeys)
    .orderBy(sql`${endedAt} is not null`, desc(createdAt), desc(id))
    .limit(KEYS_SHOWN);
}

export type IntakeKeyRow = Awaited<ReturnType<typeof listIntakeKeys>>[number];

/** @returns the address below which machines deliver, as seen from outside: ".../api/intake". */
export async function getIntakeAddress(): Promise<string> {
  await requireRight("settings.manage");
  const sent = await headers();
  const own = env().AUTH_URL;
  const origin = own ? new URL(own).origin : `${sent.get("x-forwarded-proto") ?? "http"}://${sent.get("host")}`;
  return `${origin}/api/intake`;
}
