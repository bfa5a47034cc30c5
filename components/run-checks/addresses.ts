import type { RunStatus } from "@/lib/statuses";

/** A new ticket about a run, filled in from it. */
export const ticketAddress = (runId: string): string => `/tickets?new=1&run=${runId}`;

/** A new override for runs like this one, filled in from it. */
export const overrideAddress = (runId: string): string => `/overrides?run=${runId}`;

/** What is unknown is never made green, and a success needs nothing. */
export const isOverridable = (status: RunStatus | string | undefined): boolean =>
  status === "failed" || status === "warning" || status === "missed";
