import type { ParsedObject } from "../mail/parse/types";
import { messages, outageMessages } from "./messages";
import type { Random } from "./random";
import type { Outcome, SampleCustomer, SampleJob, SampleStatus } from "./types";

const DAY = 86_400_000;
const NIGHTS = 90;

/** Everything of a customer fails in these nights, counted back from the last one. */
type Outage = { customerId: string; from: number; to: number };

/** @returns some outages of two to five nights, one of which is still going on. */
export function makeOutages(random: Random, customers: readonly SampleCustomer[]): Outage[] {
  const past = Array.from({ length: 9 }, () => {
    const from = random.int(8, 80);
    return { customerId: random.pick(customers).id, from, to: from - random.int(1, 4) };
  });
  return [...past, { customerId: customers[13]?.id ?? "", from: 2, to: 0 }];
}

/** @returns the moment the last night began: 18:00 UTC of the day before `now`. */
export const lastNightOf = (now: Date): number => Math.floor(now.getTime() / DAY) * DAY - DAY / 4;

/** @returns what came out of every start of 90 nights that has ended by `now`, oldest night first. */
export function* makeOutcomes(
  random: Random,
  jobs: readonly SampleJob[],
  outages: readonly Outage[],
  now: Date,
): Generator<Outcome & { night: number }> {
  for (let night = NIGHTS - 1; night >= 0; night--) {
    const begin = lastNightOf(now) - night * DAY;
    const weekend = [0, 6].includes(new Date(begin).getUTCDay());
    for (const job of jobs) {
      if (night > job.firstNight || night < job.lastNight || (weekend && !job.weekends)) continue;
      const down = outages.some(
        (outage) => outage.customerId === job.customer.id && night <= outage.from && night >= outage.to,
      );
      for (const minutes of job.startMinutes) {
        if (random.chance(0.008)) continue;
        const outcome = makeOutcome(random, job, begin + minutes * 60_000 + random.int(0, 50) * 1000, down);
        if (outcome.endedAt < now) yield { ...outcome, night };
      }
    }
  }
}

function makeOutcome(random: Random, job: SampleJob, startMs: number, down: boolean): Outcome {
  const status = down ? "failed" : statusOf(random, job);
  const durationSeconds = Math.max(
    5,
    Math.round(job.durationSeconds * (status === "failed" ? 0.2 : 0.8 + random.next() * 0.4)),
  );
  const sizeBytes = Math.round(job.sizeBytes * (0.97 + random.next() * 0.06));
  const said =
    status === "success" ? null : down ? outageMessages[job.product] : random.pick(messages[job.product][status]);
  const objects = objectsOf(random, job, { status, said, sizeBytes, durationSeconds, all: down });
  const bad = objects.find((object) => object.status === status && status !== "success");
  return {
    job,
    status,
    message: bad ? `${bad.name}: ${said}` : said,
    startedAt: new Date(startMs),
    endedAt: new Date(startMs + durationSeconds * 1000),
    durationSeconds,
    sizeBytes,
    transferredBytes: status === "failed" ? 0 : Math.round(sizeBytes * (0.01 + random.next() * 0.08)),
    objects,
  };
}

function statusOf(random: Random, job: SampleJob): Exclude<SampleStatus, "unknown"> {
  const drawn = random.next();
  if (drawn < job.failures) return "failed";
  return drawn < job.failures + job.warnings && job.product !== "vzdump" ? "warning" : "success";
}

type Result = { status: SampleStatus; said: string | null; sizeBytes: number; durationSeconds: number; all: boolean };

function objectsOf(random: Random, job: SampleJob, result: Result): ParsedObject[] {
  const bad = random.int(0, job.objects.length - 1);
  return job.objects.map((name, index) => {
    const spoilt = result.all || index === bad;
    return {
      name,
      status: spoilt ? result.status : "success",
      message: spoilt ? result.said : null,
      sizeBytes: spoilt && result.status === "failed" ? 0 : Math.round(result.sizeBytes / job.objects.length),
      durationSeconds: Math.max(1, Math.round(result.durationSeconds / job.objects.length)),
    };
  });
}
