import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { type Access, can } from "./can";
import type { Right } from "./registry";

/**
 * Which rows a role covers (product.md 4.5). Every query over rows takes its predicate from here, for lists, counts and
 * the detail by address alike: a row that is not covered is never in memory. Each predicate speaks of the table it is
 * named after, which must be part of the query.
 */

/** For queries that read from `customers`. */
export const coveredCustomers = (access: Access): SQL => covered(access, "customers.view");

/** For queries that read from `jobs` joined with `customers`, and from what hangs on jobs: runs, objects, mails of jobs. */
export const coveredJobs = (access: Access): SQL => covered(access, "resources.view");

/** For queries that read from `reports`. */
export const coveredReports = (access: Access): SQL => covered(access, "reports.view");

/** For the figures inside reports: customers and jobs that a report may count for who looks, without opening them. */
export const reportedJobs = (access: Access): SQL => covered(access, "reports.view");

/** For queries that read from `users`. */
export const coveredUsers = (access: Access): SQL => covered(access, "users.manage");

/** The built-in roles cover everything their rights speak of. */
const covered = (access: Access, right: Right): SQL => (can(access, right) ? sql`true` : sql`false`);
