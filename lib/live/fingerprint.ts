import "server-only";
import { and, eq, gte, isNull, ne, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { coveredJobs, reportedJobs } from "../access/scope";
import { db } from "../db";
import { figuresPerStatus } from "../db/run-figures";
import { settings } from "../db/schema/access";
import { customers, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import { tickets } from "../db/schema/tickets";
import { visibleTickets } from "../tickets/visible";

/**
 * @returns a text that is another one as soon as something happened that this access may see: a run, a review, a mail in
 * the Inbox, a ticket. What it does not cover changes nothing, or the mere news of it would be told.
 */
export async function fingerprintOf(access: Access): Promise<string> {
  const ofRuns = db()
    .select({
      print: sql<string>`concat_ws(' ', count(*), max(${runs.createdAt}), count(${runs.reviewedAt}), max(${runs.reviewedAt}), ${sql.join(Object.values(figuresPerStatus()), sql`, `)})`,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(
      and(
        gte(runs.ranAt, sql`now() - interval '2 days'`),
        can(access, "resources.view") ? coveredJobs(access) : reportedJobs(access),
      ),
    );
  const ofMails = db()
    .select({
      print: sql<string>`concat_ws(' ', count(*), max(${mails.receivedAt}), count(*) filter (where kind = 'waiting'))`,
    })
    .from(mails)
    .where(and(isNull(mails.jobId), isNull(mails.deletedAt), ne(mails.kind, "digest")));
  const ofTickets = db()
    .select({ print: sql<string>`concat_ws(' ', count(*), sum(${tickets.version}))` })
    .from(tickets)
    .where(and(isNull(tickets.resolvedAt), visibleTickets(access)));
  const [row] = await db()
    .select({
      runs: sql<string>`(${ofRuns})`,
      mails: can(access, "inbox.view") ? sql<string>`(${ofMails})` : sql<string>`''`,
      tickets: can(access, "tickets.view") ? sql<string>`(${ofTickets})` : sql<string>`''`,
    })
    .from(settings);
  return Object.values(row ?? {}).join(" | ");
}
