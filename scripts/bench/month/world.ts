import { Temporal } from "temporal-polyfill";
import { seeded } from "../../../tests/support/seeded";
import { during, wallTime } from "./days";

/** A made-up world of backup jobs: what they were told to do, what they did, and when their mails came. Knows nothing of the product's own rules. */

export type Sent = { at: number; receivedAt: number; status: "success" | "warning" | "failed" };
/** A run that was planned; `ran` false: it did not happen, and nobody made up for it before the next one. */
export type Planned = { at: number; ran: boolean };
export type Holiday = { from: string; to: string };
export type World = {
  jobs: {
    name: string;
    zone: string;
    channel: number;
    sent: Sent[];
    planned: Planned[];
    holidays: Holiday[];
    isCutDown: boolean;
  }[];
  silences: { channel: number; from: number; to: number }[];
};

export type Plan = { jobs: number; start: string; days: number; historyDays: number; seed: number };
type Random = () => number;
type Kind = {
  name: string;
  share: number;
  runsOn: (date: Temporal.PlainDate, anchor: number) => boolean;
  hours: number[];
};

const HOUR = 3_600_000;
const MINUTE = 60_000;
const anyDay = () => true;
const weekday =
  (...days: number[]) =>
  (date: Temporal.PlainDate) =>
    days.includes(date.dayOfWeek);
const daysSince = (date: Temporal.PlainDate) => Temporal.PlainDate.from("2026-01-05").until(date).days;

const kinds: Kind[] = [
  { name: "daily", share: 40, runsOn: anyDay, hours: [22] },
  { name: "around midnight", share: 8, runsOn: anyDay, hours: [23.9] },
  { name: "in the hour that is changed", share: 3, runsOn: anyDay, hours: [2.5] },
  { name: "weekdays", share: 16, runsOn: weekday(1, 2, 3, 4, 5), hours: [21] },
  { name: "all but Sunday", share: 4, runsOn: weekday(1, 2, 3, 4, 5, 6), hours: [20.5] },
  { name: "weekly", share: 8, runsOn: weekday(6), hours: [10] },
  { name: "twice a day", share: 7, runsOn: anyDay, hours: [12, 22] },
  { name: "four times a day", share: 3, runsOn: anyDay, hours: [0.5, 6.5, 12.5, 18.5] },
  { name: "every 2 days", share: 2, runsOn: (date, anchor) => (daysSince(date) + anchor) % 2 === 0, hours: [3] },
  { name: "every 2 weeks", share: 2, runsOn: (date, anchor) => (daysSince(date) + anchor) % 14 === 0, hours: [4] },
  { name: "on the 15th", share: 2, runsOn: ({ day }) => day === 15, hours: [1] },
  { name: "on the last day", share: 1, runsOn: (date) => date.day === date.daysInMonth, hours: [5] },
  { name: "third Tuesday", share: 2, runsOn: (d) => d.dayOfWeek === 2 && d.day > 14 && d.day < 22, hours: [1.5] },
];
const zones = [
  "Europe/Berlin",
  "Europe/Berlin",
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "UTC",
  "Australia/Lord_Howe",
];

/** @returns the world, the same for the same plan. */
export function makeWorld(plan: Plan): World {
  const random = seeded(plan.seed);
  const start = Temporal.PlainDate.from(plan.start);
  const begin = start.toZonedDateTime("UTC").epochMilliseconds;
  const silences = [
    { channel: 0, from: begin + 6.6 * 24 * HOUR, to: begin + 8.1 * 24 * HOUR },
    { channel: 1, from: begin + 20.8 * 24 * HOUR, to: begin + 21.4 * 24 * HOUR },
  ].filter(({ to }) => to < begin + (plan.days - 2) * 24 * HOUR);
  const jobs = Array.from({ length: plan.jobs }, (_, i) => makeJob(plan, start, random, i, silences));
  return { jobs, silences };
}

function makeJob(plan: Plan, start: Temporal.PlainDate, random: Random, i: number, silences: World["silences"]) {
  const kind = pick(kinds, random);
  const zone = zones[i % zones.length] ?? "UTC";
  const within = (days: number) => start.add({ days: Math.floor(random() * days) });
  const byUtc = kind.name === "daily" && random() < 0.06;
  const clock = byUtc ? "UTC" : zone;
  const shiftBy = random() < 0.06 ? (random() < 0.5 ? 3 : -4) : 0;
  const facts = {
    kind,
    clock,
    anchor: Math.floor(random() * 14),
    gapHours: 24 / kind.hours.length,
    offset: (random() - 0.5) * 1.6,
    jitterMinutes: [3, 3, 3, 10, 25][Math.floor(random() * 5)] ?? 3,
    minutes: [4, 12, 30, 70, 200][Math.floor(random() * 5)] ?? 4,
    growth: random() < 0.15 ? 0.01 : 0,
    shift: { from: within(plan.days - 12).add({ days: 3 }), hours: shiftBy },
    outage: random() < 0.05 ? { from: within(plan.days - 6), days: 2 + Math.floor(random() * 3) } : null,
    holiday: !byUtc && random() < 0.06 ? { from: within(plan.days - 8), days: 5, runs: random() < 0.4 } : null,
    cut: kind.name === "daily" && random() < 0.01 ? within(plan.days - 20) : null,
  };
  const planned: Planned[] = [];
  const sent: Sent[] = [];
  const byHand: number[] = [];
  const holidays: Holiday[] = [];
  if (facts.holiday) {
    const { from, days } = facts.holiday;
    holidays.push({ from: from.toString(), to: from.add({ days: days - 1 }).toString() });
  }
  for (let n = -plan.historyDays; n < plan.days; n++) {
    const date = start.add({ days: n });
    const isShifted = facts.shift.hours !== 0 && Temporal.PlainDate.compare(date, facts.shift.from) >= 0;
    const isCut = facts.cut && Temporal.PlainDate.compare(date, facts.cut) >= 0;
    if (!kind.runsOn(date, facts.anchor) || (isCut && date.dayOfWeek > 5)) continue;
    for (const hour of kind.hours) {
      const at = wallTime(clock, date, (hour + facts.offset + (isShifted ? facts.shift.hours : 0)) * 60);
      const isOff = during(date, facts.holiday);
      if (isOff && !facts.holiday?.runs) continue;
      const ran = !during(date, facts.outage) && random() >= (n < 0 ? 0.01 : 0.015);
      if (!isOff) planned.push({ at, ran });
      if (ran) sent.push(...attempts(at, facts, n + plan.historyDays, random));
    }
    if (random() < 0.01) {
      const at = wallTime(clock, date, 8 * 60 + random() * 540);
      byHand.push(at);
      sent.push(...attempts(at, { ...facts, jitterMinutes: 1 }, n, random));
    }
  }
  const channel = i % 4;
  for (const mail of sent) {
    const silence = silences.find(
      (one) => one.channel === channel && mail.receivedAt >= one.from && mail.receivedAt < one.to,
    );
    if (silence) mail.receivedAt = silence.to + random() * 20 * MINUTE;
  }
  sent.sort((a, b) => a.at - b.at);
  return {
    name: `${kind.name} ${i}`,
    zone,
    channel,
    sent,
    planned: madeUpFor(planned, byHand),
    holidays,
    isCutDown: facts.cut !== null,
  };
}

type Facts = { jitterMinutes: number; minutes: number; growth: number; gapHours: number };

/** One run with its retries; now and then hours late. */
function attempts(
  at: number,
  { jitterMinutes, minutes, growth, gapHours }: Facts,
  day: number,
  random: Random,
): Sent[] {
  const late = random() < 0.01 ? (0.12 + random() * 0.25) * 60 * gapHours : 0;
  let start = at + (Math.abs(normal(random)) * jitterMinutes + late) * MINUTE;
  const mails: Sent[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const fails = random() < (attempt === 0 ? 0.05 : 0.4);
    const took = minutes * (1 + growth * day) * (0.8 + 0.4 * random());
    mails.push({
      at: start,
      receivedAt: start + (took + 1 + random() * 3) * MINUTE,
      status: fails ? "failed" : "success",
    });
    if (!fails) break;
    start += (took + 10 + random() * 15) * MINUTE;
  }
  return mails;
}

/**
 * Who starts a backup by hand has made up for one that was missed: the one before, until two hours before the next, else the next one,
 * in half the time before it. Each makes up for one.
 */
function madeUpFor(planned: Planned[], byHand: readonly number[]): Planned[] {
  const done = planned.map((one) => ({ ...one }));
  for (const at of byHand) {
    const next = done.findIndex((one) => one.at > at);
    const [before, after] = [done[next - 1], done[next]];
    const gap = (after?.at ?? at) - (before?.at ?? (after?.at ?? at) - 24 * HOUR);
    const isEarly = after !== undefined && after.at - at < Math.min(gap / 2, 36 * HOUR);
    if (before && !before.ran && (after?.at ?? Number.POSITIVE_INFINITY) - 2 * HOUR > at) before.ran = true;
    else if (isEarly) after.ran = true;
  }
  return done;
}

function pick(from: readonly Kind[], random: Random): Kind {
  let left = random() * from.reduce((sum, { share }) => sum + share, 0);
  for (const one of from) {
    left -= one.share;
    if (left < 0) return one;
  }
  return from[0] as Kind;
}

const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
