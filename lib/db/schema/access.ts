import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { v7 } from "uuid";

export const id = () => uuid().primaryKey().$defaultFn(v7);
export const moment = () => timestamp({ withTimezone: true });

export const users = pgTable(
  "users",
  {
    id: id(),
    username: text().notNull(),
    name: text().notNull().default(""),
    email: text(),
    passwordHash: text().notNull(),
    passwordChangeRequiredAt: moment(),
    disabledAt: moment(),
    lastSignInAt: moment(),
    /** The active role of the last session; the next sign-in starts in it while it is still assigned. */
    lastRoleId: uuid().references(() => roles.id, { onDelete: "set null" }),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [uniqueIndex("users_username").on(sql`lower(${t.username})`), index("users_created_at").on(t.createdAt)],
);

export const roles = pgTable(
  "roles",
  {
    id: id(),
    /** 'admin', 'operator', 'reporter', 'viewer', or null for a role of the account's own. */
    builtIn: text().unique("roles_built_in"),
    name: text().notNull(),
    description: text().notNull().default(""),
    rights: text().array().notNull().default([]),
    position: integer().notNull(),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [uniqueIndex("roles_name").on(sql`lower(${t.name})`)],
);

/**
 * Marks on the tree of an aggregate right (product.md 4.6): on its root, on a type, or on an element; the nearest decides.
 * No foreign keys to types and elements, which are different tables for each right: a mark on what is gone says nothing.
 */
export const roleScopes = pgTable(
  "role_scopes",
  {
    id: id(),
    roleId: uuid()
      .notNull()
      .references(() => roles.id, { onDelete: "cascade" }),
    right: text().notNull(),
    /** Null with `elementId` null too: the root. The empty text: elements without a type. */
    type: text(),
    elementId: uuid(),
    included: boolean().notNull(),
  },
  (t) => [
    unique("role_scopes_mark").on(t.roleId, t.right, t.type, t.elementId).nullsNotDistinct(),
    check("role_scopes_one_place", sql`${t.type} is null or ${t.elementId} is null`),
  ],
);

export const assignments = pgTable(
  "assignments",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    roleId: uuid()
      .notNull()
      .references(() => roles.id, { onDelete: "restrict" }),
    grantedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    grantedAt: moment().notNull().defaultNow(),
    /** From this moment on the role is not held any more; the row stays to say so. */
    expiresAt: moment(),
    reason: text().notNull().default(""),
    /** When the audit log was told that it expired. */
    expiryNotedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.roleId] }), index("assignments_role").on(t.roleId)],
);

export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** SHA-256 of the secret in the cookie: a copy of this table signs nobody in. */
    tokenHash: text().notNull().unique("sessions_token_hash"),
    /** A set, normally of size one; what of it is still assigned is decided when it is read. */
    activeRoleIds: uuid().array().notNull().default([]),
    /** While set, the session looks at the product as this role and changes nothing. */
    previewRoleId: uuid().references(() => roles.id, { onDelete: "set null" }),
    address: text().notNull(),
    agent: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    seenAt: moment().notNull().defaultNow(),
    endedAt: moment(),
  },
  (t) => [index("sessions_user").on(t.userId, t.endedAt)],
);

/** Consecutive sign-in failures of one account or one address. */
export const signInFailures = pgTable("sign_in_failures", {
  key: text().primaryKey(),
  count: integer().notNull(),
  blockedUntil: moment(),
  lastAt: moment().notNull().defaultNow(),
});

export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    at: moment().notNull().defaultNow(),
    /** No foreign keys: the log outlives what it speaks of. */
    actorId: uuid(),
    actor: text().notNull(),
    role: text().notNull(),
    action: text().notNull(),
    targetId: text(),
    target: text().notNull(),
    before: jsonb(),
    after: jsonb(),
    address: text().notNull(),
    outcome: text({ enum: ["done", "refused"] }).notNull(),
    reason: text(),
  },
  (t) => [
    index("audit_entries_at").on(t.at, t.id),
    index("audit_entries_actor").on(t.actor, t.at),
    index("audit_entries_action").on(t.action, t.at),
  ],
);

/** One row: what the account has chosen. */
export const settings = pgTable(
  "settings",
  {
    id: integer().primaryKey().default(1),
    accountName: text().notNull().default("BackupChecks"),
    timeZone: text().notNull().default("UTC"),
    passwordMinimumLength: integer().notNull().default(15),
    signInFailureLimit: integer().notNull().default(10),
    signInWaitMinutes: integer().notNull().default(15),
    sessionIdleHours: integer().notNull().default(12),
    sessionDays: integer().notNull().default(30),
    /** What a day shows of which the runs ended differently (mails.md 4.6). */
    dayStatus: text({ enum: ["last-attempt", "mixed", "last", "worst", "best"] })
      .notNull()
      .default("last-attempt"),
    /** Successes with nothing odd about them are reviewed by themselves. */
    reviewsPlainSuccess: boolean().notNull().default(false),
    /** Days that raw mails, runs and audit entries are kept; null: for ever. */
    keepMailsDays: integer(),
    keepRunsDays: integer(),
    keepAuditDays: integer(),
    /** How open pages learn of news. */
    live: text({ enum: ["events", "polling", "off"] })
      .notNull()
      .default("events"),
    version: integer().notNull().default(1),
  },
  (t) => [
    check("settings_one_row", sql`${t.id} = 1`),
    check("settings_password_floor", sql`${t.passwordMinimumLength} >= 8`),
  ],
);
