import "server-only";
import { and, eq, gte, isNull, ne, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { coveredJobs, hearsOfSilence, reportedJobs } from "../access/scope";
import { db } from "../db";
import { figuresPerStatus } from "../db/run-figures";
import { settings } from "../db/schema/access";
import { customers, jobs } from "../db/schema/desk";
import { intakeKeys } from "../db/schema/intake-keys";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import { mailSources } from "../db/schema/sources";
import { tickets } from "../db/schema/tickets";
import { visibleTickets } from "../tickets/visible";

/**
 * @returns a text that is another one as soon as something happened that this access may see: a run, a review, a mail in
 * the Inbox, a ticket, a source that falls silent. What it does not cover changes nothing, or the mere news of it would be told.
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
  const since = sql`select silent_since as at from ${mailSources} where disabled_at is null
    union all select silent_since from ${intakeKeys} where ended_at is null`;
  const [row] = await db()
    .select({
      runs: sql<string>`(${ofRuns})`,
      mails: can(access, "inbox.view") ? sql<string>`(${ofMails})` : sql<string>`''`,
      silent: hearsOfSilence(access)
        ? sql<string>`(select concat_ws(' ', count(at), max(at)) from (${since}) as silences)`
        : sql<string>`''`,
      tickets: can(access, "tickets.view") ? sql<string>`(${ofTickets})` : sql<string>`''`,
    })
    .from(settings);
  return Object.values(row ?? {}).join(" | ");
}
