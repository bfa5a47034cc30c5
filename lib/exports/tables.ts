import "server-only";
import type { PgTable } from "drizzle-orm/pg-core";
import { assignments, auditEntries, roleScopes, roles, settings, users } from "../db/schema/access";
import { quietTimes } from "../db/schema/calendar";
import { customerGroups, customers, jobKeys, jobs, resourceTypes } from "../db/schema/desk";
import { intakeKeys } from "../db/schema/intake-keys";
import { mailRules } from "../db/schema/mail-rules";
import { mails } from "../db/schema/mails";
import { menus } from "../db/schema/menus";
import { outgoing } from "../db/schema/outgoing";
import { overrides } from "../db/schema/overrides";
import { reports } from "../db/schema/reports";
import { runObjects, runs } from "../db/schema/runs";
import { mailSources } from "../db/schema/sources";
import { ticketScopes, tickets } from "../db/schema/tickets";

export type ExportedTable = {
  table: PgTable;
  /** Columns that no file carries: secrets, what is computed, and sources of mails, which are files of their own. */
  without?: readonly string[];
  /** Of these what must not be null: filled in once the files come. */
  files?: readonly string[];
  /** A column that points into the table itself. */
  self?: string;
  /** A new installation has rows of its own here, which give way. */
  prepared?: true;
};

/** What an export holds, each table behind those that it points to. */
export const exportedTables: readonly ExportedTable[] = [
  { table: settings, prepared: true },
  // Addresses of webhooks are often keys themselves.
  { table: outgoing, without: ["smtp_password", "webhook_secret", "webhook_url"], prepared: true },
  { table: roles, prepared: true },
  { table: users },
  { table: assignments },
  { table: roleScopes, prepared: true },
  { table: menus, prepared: true },
  { table: customerGroups },
  { table: customers },
  { table: resourceTypes, prepared: true },
  { table: jobs },
  { table: jobKeys },
  { table: quietTimes },
  { table: intakeKeys },
  { table: mailSources, without: ["secrets"] },
  { table: mailRules },
  { table: mails, without: ["raw"], files: ["raw"], self: "parent_id" },
  { table: overrides },
  { table: runs, without: ["counts_as"], self: "late_run_id" },
  { table: runObjects },
  { table: tickets },
  { table: ticketScopes },
  { table: reports },
  { table: auditEntries },
];

/** Tables that stay behind, and why. */
export const leftOut: Record<string, string> = {
  sessions: "people sign in again",
  sign_in_failures: "counted anew",
  tasks: "which node did what last",
  deliveries: "what is to be sent is sent by the installation that it came from",
  reparses: "work in progress",
  reparse_changes: "work in progress",
};
