import "server-only";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { settings } from "../db/schema/access";

export type Settings = Omit<typeof settings.$inferSelect, "id">;

/** @returns what the account has chosen. */
export async function getSettings(): Promise<Settings> {
  await requireRight("settings.manage");
  const [row] = await db().select().from(settings);
  if (!row) throw new Error("The settings row is missing.");
  const { id: _id, ...chosen } = row;
  return chosen;
}
