import { expectationOf, type Planning } from "@/lib/schedules/expectation";
import { cameLate, isDue, judge, lookBack, type Told } from "@/lib/schedules/judge";
import { collapse, type SeenRun } from "@/lib/schedules/learn/hits";
import { relearn } from "@/lib/schedules/learn/relearn";
import { isQuietIn, type QuietTime } from "@/lib/schedules/quiet";
import { DAY, HOUR, type LearnedSchedule } from "@/lib/schedules/types";
import { dayOf } from "@/lib/schedules/zones";
import type { Plan, World } from "./world";

/** Plays the desk hour by hour over a world: learns each night, looks for missed runs, believes none of a silent source. */

type Claim = Told & { isSuspected: boolean; cameBy: string | null };
export type Result = {
  jobs: number;
  plannedRuns: number;
  missed: number;
  found: number;
  claimed: number;
  cameLate: number;
  heldBack: number;
  learnedJobs: number;
  cutDown: { jobs: number; claimed: number };
  wrong: string[];
};

const SETTLE = 30 * 60_000;

export function playMonth(world: World, plan: Plan): Result {
  const start = dayOf(plan.start) * DAY;
  const end = start + plan.days * DAY;
  const result: Result = {
    ...{
      jobs: world.jobs.length,
      plannedRuns: 0,
      missed: 0,
      found: 0,
      claimed: 0,
      cameLate: 0,
      heldBack: 0,
      learnedJobs: 0,
    },
    cutDown: { jobs: 0, claimed: 0 },
    wrong: [],
  };
  for (const job of world.jobs) {
    const { claims, learned } = playJob(job, world, start, end);
    compare(job, claims, learned, start, end, result);
  }
  return result;
}

function playJob(job: World["jobs"][number], world: World, start: number, end: number) {
  const silences = world.silences.filter(({ channel }) => channel === job.channel);
  const isQuiet = isQuietIn(job.holidays.map(holiday), job.zone);
  const mails = job.sent.map((mail, i): SeenRun & { receivedAt: number } => ({
    id: String(i),
    ranAt: mail.at,
    reportedAt: mail.receivedAt - mail.at < 12 * HOUR ? mail.receivedAt : mail.at + HOUR,
    status: mail.status,
    receivedAt: mail.receivedAt,
  }));
  mails.sort((a, b) => a.receivedAt - b.receivedAt);
  const claims: Claim[] = [];
  let [learned, came, since]: [LearnedSchedule | null, number, number] = [null, 0, start];
  for (let now = start; now <= end + 2 * DAY; now += HOUR) {
    const before = came;
    while ((mails[came]?.receivedAt ?? Number.POSITIVE_INFINITY) <= now) came++;
    const runsSince = (from: number) => mails.slice(0, came).filter(({ ranAt }) => ranAt > from);
    if ((now - start) % DAY === 6 * HOUR || now === start)
      learned = relearn(learned, collapse(runsSince(now - 400 * DAY)), job.zone, isQuiet);
    const planning: Planning = { expects: "learned", plan: null, learned, graceMinutes: null, quietAfterDays: null };
    const expectation = expectationOf(planning, job.zone);
    if (!expectation) continue;
    const open = claims.filter(({ cameBy }) => cameBy === null);
    if (came > before && open.length > 0) {
      const runs = runsSince((open[0]?.at ?? now) - lookBack(expectation));
      const fresh = new Set(mails.slice(before, came).map(({ id }) => id));
      const late = cameLate(expectation, open, runs, { now, isNew: (id) => fresh.has(id) });
      for (const claim of open) claim.cameBy = late.get(claim.id) ?? null;
    }
    if (!isDue(expectation, since, now)) continue;
    const silent = silences.some(({ from, to }) => now >= from + 2 * HOUR && now < to + SETTLE);
    const judged = judge(expectation, runsSince(since - lookBack(expectation)), { since, now, isQuiet });
    since = judged.until;
    for (const { date, index, at } of judged.missed.filter((slot) => slot.at < end)) {
      const id = `${date} ${index}`;
      // Each slot is told once, also when it is learned to be some minutes later.
      if (claims.every((claim) => claim.id !== id))
        claims.push({ id, date, index, at, isSuspected: silent, cameBy: null });
    }
  }
  return { claims, learned };
}

const holiday = ({ from, to }: { from: string; to: string }): QuietTime => ({
  ...{ kind: "holiday", fromDay: from, toDay: to, isYearly: false, startsAt: null, endsAt: null },
});

/** A claim is right when a planned run nearby did not happen; each stands for one. */
function compare(
  job: World["jobs"][number],
  claims: Claim[],
  learned: LearnedSchedule | null,
  start: number,
  end: number,
  result: Result,
): void {
  const planned = job.planned.filter(({ at }) => at >= start + DAY && at < end - DAY);
  const missed = planned.filter(({ ran }) => !ran);
  const stayed = claims.filter(({ cameBy, at }) => cameBy === null && at >= start + 0.5 * DAY && at < end - 0.5 * DAY);
  result.plannedRuns += planned.length;
  result.cameLate += claims.filter(({ cameBy }) => cameBy !== null).length;
  result.heldBack += claims.filter(({ isSuspected }) => isSuspected).length;
  result.learnedJobs += learned?.schedule ? 1 : 0;
  if (job.isCutDown) {
    result.cutDown.jobs++;
    result.cutDown.claimed += stayed.length;
    return;
  }
  const open = new Set(stayed);
  result.missed += missed.length;
  for (const { at } of missed) {
    const claim = [...open].find((one) => isNear(one.at, at));
    if (claim) result.found++;
    else result.wrong.push(`not found: ${job.name} (${job.zone}) ${new Date(at).toISOString()}`);
    if (claim) open.delete(claim);
  }
  // What was missed just outside of the month is neither counted as missed nor as told.
  const isAtTheEdge = (at: number) =>
    job.planned.some((one) => !one.ran && !missed.includes(one) && isNear(one.at, at));
  const outside = [...open].filter(({ at }) => at >= start + DAY && at < end - DAY && !isAtTheEdge(at));
  result.claimed += stayed.length - open.size + outside.length;
  for (const { at } of outside)
    result.wrong.push(`not missed: ${job.name} (${job.zone}) ${new Date(at).toISOString()}`);
}

const isNear = (one: number, other: number): boolean => Math.abs(one - other) < 6 * HOUR;
