import "server-only";
import type { Tx } from "../db";
import { insertMany } from "../db/insert-many";
import { runObjects, runs } from "../db/schema/runs";
import { lastNightOf } from "./outcomes";
import type { Random } from "./random";
import type { Outcome } from "./types";
import type { Reviewer } from "./users";

const DAY = 86_400_000;
/** What is odd about the last night is found by comparing its objects with those of the nights before. */
const NIGHTS_WITH_ALL_OBJECTS = 6;

type History = { random: Random; outcomes: (Outcome & { night: number })[]; reviewers: Reviewer[]; now: Date };

/**
 * Stores the runs of former nights, each reviewed in the morning after, and the objects of those worth a look. Draws from
 * `random` before it waits for anything.
 */
export async function insertHistory(tx: Tx, { random, outcomes, reviewers, now }: History): Promise<void> {
  const stored = outcomes.map((outcome) => {
    const reviewer = random.pick(reviewers);
    const morning = lastNightOf(now) - outcome.night * DAY + (13.5 + random.next()) * 3_600_000;
    const reviewedAt = new Date(Math.min(Math.max(morning, outcome.endedAt.getTime() + 300_000), now.getTime()));
    return {
      outcome,
      row: runRow(random.id(outcome.startedAt.getTime()), outcome, { mailId: null, reviewedAt, reviewer }),
    };
  });
  await insertMany(
    tx,
    runs,
    stored.map(({ row }) => row),
  );
  const kept = stored.filter(({ outcome }) => outcome.status !== "success" || outcome.night < NIGHTS_WITH_ALL_OBJECTS);
  await insertMany(
    tx,
    runObjects,
    kept.flatMap(({ outcome, row }) => objectRows(row.id, outcome)),
  );
}

type Review = { mailId: string | null; reviewedAt: Date | null; reviewer: Reviewer | null };

/** @returns a row of `runs` as the database names its columns. */
export function runRow(id: string, outcome: Outcome, { mailId, reviewedAt, reviewer }: Review) {
  return {
    id,
    job_id: outcome.job.id,
    mail_id: mailId,
    status: outcome.status,
    message: outcome.message,
    ran_at: outcome.startedAt,
    started_at: outcome.startedAt,
    ended_at: outcome.endedAt,
    duration_seconds: outcome.durationSeconds,
    size_bytes: outcome.sizeBytes,
    transferred_bytes: outcome.transferredBytes,
    notes: [],
    reviewed_at: reviewedAt,
    reviewed_by: reviewer?.id ?? null,
    reviewer: reviewer?.username ?? null,
    created_at: outcome.endedAt,
  };
}

/** @returns rows of `run_objects`. */
export function objectRows(runId: string, outcome: Outcome) {
  return outcome.objects.map((object, position) => ({
    run_id: runId,
    position,
    name: object.name,
    status: object.status,
    message: object.message,
    size_bytes: object.sizeBytes,
    duration_seconds: object.durationSeconds,
  }));
}
