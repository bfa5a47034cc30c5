import "server-only";
import { asc, inArray } from "drizzle-orm";
import { db } from "../db";
import { reparses } from "../db/schema/mail-rules";
import { log } from "../log";
import { applySome } from "./apply";
import { readSome } from "./read";

const NEVER = new AbortController().signal;

/** Goes on with what was started until nothing is left to do, or until it is told to stop; then another goes on there. */
export async function workOnReparses(signal: AbortSignal = NEVER): Promise<void> {
  while (!signal.aborted) {
    const [next] = await db()
      .select()
      .from(reparses)
      .where(inArray(reparses.state, ["reading", "applying"]))
      .orderBy(asc(reparses.startedAt))
      .limit(1);
    if (!next) return;
    const goesOn = next.state === "reading" ? await readSome(next) : await applySome(next);
    if (!goesOn) return;
  }
}

/** The same after the answer to a request has left. Never rejects. */
export const workSoon = (): Promise<void> =>
  workOnReparses().catch((error: unknown) => log.error({ err: error }, "reading mails once more failed"));
