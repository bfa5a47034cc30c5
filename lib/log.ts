import { randomUUID } from "node:crypto";
import pino from "pino";
import { isDatabaseAway } from "./errors";

/** One JSON line per event on standard output; secrets are never passed to it. */
export const log = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime });

/**
 * Logs an unexpected error under an id that the person is shown (`digest` is what the framework hands to error pages).
 * @returns the error to throw on.
 */
export function accident(error: Error, where: string): Error {
  const digest = randomUUID();
  log.error({ digest, where, databaseAway: isDatabaseAway(error), err: error }, "accident");
  return Object.assign(error, { digest });
}

/** Logs what no action caught, and notes when it means that the database is away. */
export function noteRequestError(error: unknown): void {
  const databaseAway = isDatabaseAway(error);
  log.error({ digest: (error as { digest?: string }).digest, databaseAway, err: error }, "request failed");
}
