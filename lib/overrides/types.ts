import type { RunStatus } from "../statuses";

/** Words for overrides. Pure: for both sides. */

export const scopes = ["global", "software", "customer", "job", "object"] as const;
export type Scope = (typeof scopes)[number];

/** What can be treated as a success; "unknown" never. */
export const treatable = ["warning", "failed", "missed"] as const satisfies readonly RunStatus[];
export type Treatable = (typeof treatable)[number];

export const matches = ["any", "contains", "exact", "starts", "ends"] as const;
export type Match = (typeof matches)[number];

/** How far an override reaches, and what it takes for a success there. */
export type Pattern = {
  scope: Scope;
  software: string | null;
  customerId: string | null;
  jobId: string | null;
  objectName: string | null;
  statuses: readonly Treatable[];
  match: Match;
  matchText: string;
};

export type Override = Pattern & { id: string; startsAt: Date; endsAt: Date | null };

export type OverrideState = "planned" | "active" | "ended";
