import "server-only";
import { sql } from "drizzle-orm";
import { isHeld } from "../access/session";
import { assignments, users } from "../db/schema/access";

/** A role of a user with its end (null: none); also one that has expired and is not held any more. */
export type Assigned = { roleId: string; until: Date | null; reason: string; isHeld: boolean };

type Stored = Omit<Assigned, "until"> & { until: string | null };

/** The roles of a user of `users`, in no order. */
export const assigned = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('roleId', ${assignments.roleId}, 'until', ${assignments.expiresAt},
    'reason', ${assignments.reason}, 'isHeld', ${isHeld})), '[]')
  from ${assignments} where ${assignments.userId} = ${users.id})`.mapWith((rows: Stored[]): Assigned[] =>
  rows.map(({ until, ...row }) => ({ ...row, until: until === null ? null : new Date(until) })),
);
