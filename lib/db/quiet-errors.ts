import { DrizzleQueryError } from "drizzle-orm/errors";

/**
 * The error of a failed statement carries all its values in its message: hashes, whole mails, names. They would reach
 * logs, the output of the framework and tables that tell of failures. Whoever assigns them assigns nothing; the statement stays.
 */
Object.defineProperty(DrizzleQueryError.prototype, "params", {
  get: () => [],
  set(this: DrizzleQueryError) {
    this.message = `Failed query: ${this.query}`;
  },
});

/** One of the two drivers hangs the values on its own error once more. */
Object.defineProperty(DrizzleQueryError.prototype, "cause", {
  set(this: DrizzleQueryError, cause: unknown) {
    if (cause instanceof Error && "params" in cause) delete cause.params;
    Object.defineProperty(this, "cause", { value: cause, writable: true, configurable: true });
  },
});
