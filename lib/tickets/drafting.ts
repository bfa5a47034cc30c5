import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { headers } from "next/headers";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { runObjects, runs } from "../db/schema/runs";
import { formatMoment } from "../format";
import { isId } from "../ids";
import { linkTo } from "../outgoing/link";
import { statusLabels } from "../statuses";
import type { TicketDraft } from "./types";

const TITLE_MOST = 200;
const MESSAGE_MOST = 4000;

/**
 * @param object the name of one of its objects, when the ticket is to be about just that.
 * @returns the form of a ticket about a run; null when there is no such run, or object of it, for the role.
 */
export async function draftTicket(runId: string, object = ""): Promise<TicketDraft | null> {
  const access = await requireRight("tickets.manage");
  if (!isId(runId)) return null;
  const [run] = await db()
    .select({
      status: runs.status,
      message: runs.message,
      odd: sql<string[]>`jsonb_path_query_array(${runs.odd}, '$[*].text')`,
      ranAt: runs.ranAt,
      jobId: jobs.id,
      job: jobs.name,
      customer: customers.name,
      object: { name: runObjects.name, status: runObjects.status, message: runObjects.message },
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .leftJoin(runObjects, and(eq(runObjects.runId, runs.id), eq(runObjects.name, object)))
    .where(and(eq(runs.id, runId), coveredJobs(access)))
    .limit(1);
  if (!run || (object && !run.object)) return null;
  const about = run.object ?? run;
  const odd = run.object ? [] : run.odd;
  const what = object ? `${run.job}, ${object}` : run.job;
  const said = [...odd, (about.message ?? "").trim()].filter(Boolean).join("\n").slice(0, MESSAGE_MOST);
  // That it was a success is no reason for a ticket; what is odd about it may be.
  const why = (about.status === "success" && odd[0]?.replace(/\.$/, "")) || statusLabels[about.status];
  const ran = `Run of ${formatMoment(run.ranAt, access.account.timeZone)}: ${await addressOf(`/runs/${runId}`)}`;
  const target = { id: run.jobId, label: `${run.customer}: ${what}` };
  return {
    title: `${what}: ${why}`.slice(0, TITLE_MOST),
    body: [said, ran].filter(Boolean).join("\n\n"),
    targets: [object ? { ...target, kind: "object", object } : { ...target, kind: "job" }],
    runId,
  };
}

/** A whole address, so that it still leads here when the text is copied elsewhere. */
async function addressOf(path: string): Promise<string> {
  const sent = await headers();
  return linkTo(path) ?? `${sent.get("x-forwarded-proto") ?? "http"}://${sent.get("host")}${path}`;
}
