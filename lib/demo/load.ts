import "server-only";
import type { Tx } from "../db";
import { users } from "../db/schema/access";
import { customerGroups, customers, jobKeys, jobs, resourceTypes } from "../db/schema/desk";
import { matchKey } from "../mail/parse/match-keys";
import { insertCalendar } from "./calendar";
import { makeCustomers } from "./customers";
import { insertInbox } from "./inbox";
import { makeJobs } from "./jobs";
import { insertLastNight, readLastNight } from "./last-night";
import { insertMissed } from "./missed";
import { insertNotes, insertReports } from "./notes";
import { makeSomeOdd } from "./odd";
import { makeOutages, makeOutcomes } from "./outcomes";
import { insertOverrides } from "./overrides";
import { seeded } from "./random";
import { insertHistory } from "./runs";
import type { SampleCustomer, SampleJob } from "./types";
import { insertUsers } from "./users";

const SEED = 20_261_121;
const DAY = 86_400_000;

/**
 * Fills an account with a believable service desk: 40 customers, 300 jobs, 90 nights of runs that end at `now`, what was missed,
 * mails, overrides, tickets, reports, and people without passwords. The same at every run, apart from `now`. Needs the worker that reads mails.
 */
export async function loadSampleData(tx: Tx, { now }: { now: Date }): Promise<void> {
  const random = seeded(SEED);
  const made = makeCustomers(random, now);
  const all = makeJobs(random, made, now);
  const owners = await tx.select({ id: users.id }).from(users).limit(1);
  const reviewers = await insertUsers(tx, now);
  await insertCustomers(tx, made, all, now);
  const outcomes = [...makeOutcomes(random, all, makeOutages(random, made), now)];
  // Before the long inserts: an embedded database keeps the thread busy on which the clock of each mail runs.
  const lastNight = await readLastNight(random, makeSomeOdd(ofNight(outcomes, (night) => night === 0)), now);
  const history = ofNight(outcomes, (night) => night > 0);
  await insertHistory(tx, { random, outcomes: history, reviewers, now });
  await insertLastNight(tx, lastNight);
  await insertCalendar(tx, random, made, now);
  await insertMissed(tx, { random, sampleJobs: all, reviewers, now });
  await insertOverrides(tx, random, now);
  await insertInbox(tx, random, all, now);
  await insertNotes(tx, random, { jobs: all, assignees: [...owners, ...reviewers].map(({ id }) => id), now });
  await insertReports(tx, random, made, now);
}

const ofNight = <T extends { night: number }>(outcomes: readonly T[], wanted: (night: number) => boolean): T[] =>
  outcomes.filter(({ night }) => wanted(night));

async function insertCustomers(
  tx: Tx,
  made: readonly SampleCustomer[],
  all: readonly SampleJob[],
  now: Date,
): Promise<void> {
  const names = [...new Set(made.flatMap(({ group }) => group ?? []))];
  const groups = await tx
    .insert(customerGroups)
    .values(names.map((name) => ({ name })))
    .returning();
  const groupIds = new Map(groups.map(({ id, name }) => [name, id]));
  await tx.insert(customers).values(
    made.map(({ id, name, reference, group, createdAt }) => {
      return { id, name, reference, groupId: groupIds.get(group ?? "") ?? null, createdAt };
    }),
  );
  const types = new Map(
    (await tx.select({ id: resourceTypes.id, name: resourceTypes.name }).from(resourceTypes)).map(({ id, name }) => [
      name,
      id,
    ]),
  );
  await tx.insert(jobs).values(
    all.map((job) => ({
      id: job.id,
      customerId: job.customer.id,
      resourceTypeId: types.get(job.resourceType) ?? types.get("Other") ?? "",
      name: job.name,
      software: job.software,
      host: job.host,
      jobType: job.jobType,
      archivedAt: job.lastNight > 0 ? new Date(now.getTime() - (job.lastNight - 1) * DAY) : null,
      createdAt: new Date(now.getTime() - (job.firstNight + 1) * DAY),
    })),
  );
  await tx.insert(jobKeys).values(
    all.map((job) => ({
      jobId: job.id,
      sender: job.sender,
      matchKey: matchKey(
        { software: job.software, host: job.mailHost, jobName: job.name, jobType: job.jobType },
        job.sender,
      ),
    })),
  );
}
