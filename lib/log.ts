import { randomUUID } from "node:crypto";
import pino from "pino";
import { isDatabaseAway } from "./errors";

/** What is never written, should somebody pass it by mistake: as a field, or one level below. */
const SECRETS = ["password", "pass", "secret", "secrets", "token", "key", "cookie", "authorization", "raw", "params"];

/** One JSON line per event on standard output; secrets are not passed to it, and are struck out if they are. */
export const log = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "(not logged)" },
  serializers: { err: (error: unknown) => plain(error, 0) },
});

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

/** @returns what went wrong in words: of a failed statement why, not which. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "query" in error && error.cause instanceof Error ? messageOf(error.cause) : withoutValue(error);
}

/** The database quotes a value that it cannot read (class 22 of its codes). */
function withoutValue({ message, code }: Error & { code?: unknown }): string {
  return /^22\w{3}$/.test(String(code)) ? message.replace(/"[\s\S]*"/, '"…"') : message;
}

/** Of an error only what tells what happened and where: clients of mailboxes hang their options and answers on theirs. */
function plain(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, constraint, constraint_name } = error as Error & Record<string, unknown>;
  const cause = error.cause === undefined || depth > 3 ? undefined : plain(error.cause, depth + 1);
  const constraintName = constraint ?? constraint_name;
  const message = withoutValue(error);
  const stack = error.stack?.replace(error.message, () => message);
  return { type: error.name, message, code, syscall, constraint: constraintName, stack, cause };
}
