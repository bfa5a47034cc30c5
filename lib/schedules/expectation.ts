import { periodDays } from "./slots";
import { type LearnedSchedule, MINUTE, type Schedule, type Slot } from "./types";

/** What is expected of a job, and until when. Pure. */

export const expectations = ["learned", "planned", "failures-only", "alerts-only", "workstation"] as const;
export type Expects = (typeof expectations)[number];

/** The columns of a job that say so. */
export type Planning = {
  expects: Expects;
  plan: Schedule | null;
  learned: LearnedSchedule | null;
  graceMinutes: number | null;
  quietAfterDays: number | null;
};

export type Expectation = {
  schedule: Schedule;
  /** By which clock its slots are: a zone or a fixed offset. */
  clock: string;
  /** From the slot's moment on, all in all: how long its mail may take. */
  allowedMinutes: number;
};

const PLANNED_GRACE = 2 * 60;

/** @param zone of the job. @returns null where nothing is expected by the clock. */
export function expectationOf({ expects, plan, learned, graceMinutes }: Planning, zone: string): Expectation | null {
  const schedule = expects === "planned" ? plan : expects === "learned" ? learned?.schedule : null;
  if (!schedule) return null;
  const clock = expects === "learned" && learned ? learned.clock : zone;
  const usual = learned ? learned.delayMinutes + learned.graceMinutes : 0;
  const least = periodDays(schedule) >= 28 ? 24 * 60 : periodDays(schedule) >= 7 ? 4 * 60 : PLANNED_GRACE;
  const allowed = expects === "learned" ? usual : Math.max(usual, least);
  return { schedule, clock, allowedMinutes: graceMinutes ?? allowed };
}

/** @returns when the mail of a slot is late, in milliseconds since the epoch. */
export const deadlineOf = ({ allowedMinutes }: Expectation, { lateFrom, extraMinutes }: Slot): number =>
  lateFrom + (allowedMinutes + extraMinutes) * MINUTE;

const WORKSTATION_DAYS = 7;
const LEAST_DAYS = 3;

/** @returns after how many days without a success something is said, or null for never. */
export function silenceDays({ expects, learned, quietAfterDays }: Planning): number | null {
  if (expects === "failures-only" || expects === "alerts-only") return null;
  if (quietAfterDays !== null) return quietAfterDays;
  if (expects === "workstation") return learned ? Math.max(WORKSTATION_DAYS, twice(learned)) : WORKSTATION_DAYS;
  // Where runs are expected by the clock, the missing ones are told one by one.
  return expects === "learned" && learned && !learned.schedule ? Math.max(LEAST_DAYS, twice(learned)) : null;
}

const twice = ({ periodDays: period }: LearnedSchedule): number => Math.ceil(2 * period);
