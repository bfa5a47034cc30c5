import "server-only";
import { db } from "../db";
import { settings } from "../db/schema/access";

/** @returns what people may know before they sign in. */
export async function signInRules(): Promise<{ accountName: string; failureLimit: number; waitMinutes: number }> {
  const [row] = await db()
    .select({
      accountName: settings.accountName,
      failureLimit: settings.signInFailureLimit,
      waitMinutes: settings.signInWaitMinutes,
    })
    .from(settings);
  if (!row) throw new Error("The settings row is missing.");
  return row;
}
