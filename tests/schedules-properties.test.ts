import fc from "fast-check";
import { expect, test } from "vitest";
import { assign, judging } from "@/lib/schedules/assign";
import { collapse } from "@/lib/schedules/learn/hits";
import { relearn } from "@/lib/schedules/learn/relearn";
import { planProblem, tidyPlan } from "@/lib/schedules/plan";
import { slotsBetween } from "@/lib/schedules/slots";
import { DAY, HOUR, MINUTE, type Schedule } from "@/lib/schedules/types";
import { scheduleInWords } from "@/lib/schedules/words";
import { localOf, timeOf } from "@/lib/schedules/zones";

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Africa/Cairo", "+05:45"];
const YEAR = Date.parse("2026-01-01T00:00Z");

const time = fc.integer({ min: 0, max: 1439 }).map(timeOf);
const times = fc.uniqueArray(time, { minLength: 1, maxLength: 4 });
const weekdays = fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 });
const monthDay = fc.oneof(
  fc.integer({ min: 1, max: 31 }).map((day) => ({ day })),
  fc.constant({ last: true as const }),
  fc.record({ nth: fc.constantFrom(-1, 1, 2, 3, 4, 5), weekday: fc.integer({ min: 1, max: 7 }) }),
);
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc
    .array(fc.record({ time, weekdays }), { minLength: 1, maxLength: 4 })
    .map((at): Schedule => ({ kind: "weekly", at })),
  fc
    .record({ days: fc.integer({ min: 1, max: 60 }), times })
    .map((one): Schedule => ({ kind: "every", anchor: "2026-06-15", ...one })),
  fc
    .record({ on: fc.array(monthDay, { minLength: 1, maxLength: 3 }), times })
    .map((one): Schedule => ({ kind: "monthly", ...one })),
  fc
    .integer({ min: 1, max: 50 })
    .map((hours): Schedule => ({ kind: "interval", hours, anchor: "2026-06-15T10:00:00.000Z" })),
);
const zone = fc.constantFrom(...ZONES);
const span = fc.record({
  from: fc.integer({ min: 0, max: 360 }),
  days: fc.integer({ min: 1, max: 60 }),
  minute: fc.integer({ min: 0, max: 1439 }),
});

test("slots are strictly increasing, inside the span, each with a name of its own that does not depend on what is asked", () => {
  fc.assert(
    fc.property(schedule, zone, span, (plan, clock, { from, days, minute }) => {
      expect(planProblem(plan)).toBeNull();
      const [start, end] = [YEAR + from * DAY + minute * MINUTE, YEAR + (from + days) * DAY];
      const slots = slotsBetween(tidyPlan(plan), clock, start, end);
      for (const [i, slot] of slots.entries()) {
        expect(slot.at).toBeGreaterThan(slots[i - 1]?.at ?? start - 1);
        expect(slot.at).toBeLessThan(end);
        expect(slot.lateFrom).toBeGreaterThanOrEqual(slot.at);
      }
      expect(new Set(slots.map(({ date, index }) => `${date} ${index}`)).size).toBe(slots.length);
      const wider = slotsBetween(tidyPlan(plan), clock, start - 3 * DAY, end + 3 * DAY);
      expect(wider.filter(({ at }) => at >= start && at < end)).toEqual(slots);
      expect(scheduleInWords(plan)).toMatch(/^[A-Z]/);
    }),
    { numRuns: 150 },
  );
});

test("a daily schedule has one slot on each local date", () => {
  fc.assert(
    fc.property(time, zone, (one, clock) => {
      const daily: Schedule = { kind: "weekly", at: [{ time: one, weekdays: [1, 2, 3, 4, 5, 6, 7] }] };
      const slots = slotsBetween(daily, clock, YEAR, YEAR + 365 * DAY);
      expect(new Set(slots.map(({ date }) => date)).size).toBe(slots.length);
      expect(Math.abs(slots.length - 365)).toBeLessThanOrEqual(1);
      for (const slot of slots.slice(1)) {
        const local = localOf(clock, slot.at).day * DAY;
        expect(Math.abs(local - Date.parse(slot.date))).toBe(0);
      }
    }),
    { numRuns: 30 },
  );
});

test("a run belongs to one slot at most, a slot to one run at most, and both are near each other", () => {
  const offs = fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { maxLength: 40 });
  fc.assert(
    fc.property(schedule, offs, (plan, minutes) => {
      const start = YEAR + 100 * DAY;
      const slots = slotsBetween(tidyPlan(plan), "Europe/Berlin", start, start + 20 * DAY);
      const hits = [...minutes]
        .sort((a, b) => a - b)
        .map((minute, i) => ({ at: start + minute * MINUTE, reportedAt: 0, runId: String(i) }));
      const found = [...assign(slots, hits, judging, DAY)];
      expect(new Set(found.map(([, hit]) => hit)).size).toBe(found.length);
      for (const [slot, hit] of found) {
        const i = slots.indexOf(slot);
        const gap = Math.max((slots[i + 1]?.at ?? 0) - slot.at, slot.at - (slots[i - 1]?.at ?? slot.at), DAY / 24);
        expect(hit.at - slot.at).toBeLessThanOrEqual(Math.max(gap, DAY) + 2 * HOUR);
        expect(slot.at - hit.at).toBeLessThanOrEqual(Math.max(gap, DAY));
      }
    }),
    { numRuns: 100 },
  );
});

test("a schedule is learned back from its own runs, with noise, misses and manual runs", () => {
  const kind = fc.oneof(
    fc.record({
      minute: fc.integer({ min: 0, max: 1439 }),
      days: fc.constantFrom<number[]>([1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [6], [2, 4], [1, 2, 3, 4, 5, 6]),
    }),
  );
  const seeds = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(kind, zone, seeds, ({ minute, days }, clock, noise) => {
      const plan: Schedule = { kind: "weekly", at: [{ time: timeOf(minute), weekdays: days }] };
      const start = YEAR + 120 * DAY;
      const slots = slotsBetween(plan, clock, start, start + 42 * DAY);
      // A job that misses more than one run in fifteen need not be known.
      let missable = Math.floor(slots.length / 15);
      const seen = slots.flatMap(({ at }, i) => {
        const luck = noise[i % noise.length] ?? 50;
        const ranAt = at + (luck % 15) * MINUTE;
        const isMissed = luck < 3 && i > 0 && i < slots.length - 1 && i % 5 === 0 && missable-- > 0;
        return isMissed ? [] : [{ id: String(i), ranAt, reportedAt: ranAt + HOUR, status: "success" as const }];
      });
      const manual = {
        id: "manual",
        ranAt: start + 10.37 * DAY,
        reportedAt: start + 10.4 * DAY,
        status: "success" as const,
      };
      const learned = relearn(null, collapse(days.length > 3 ? [...seen, manual] : seen), clock)?.schedule;
      expect(learned?.kind).toBe("weekly");
      if (learned?.kind !== "weekly") return;
      const [entry, ...others] = learned.at;
      expect(others).toEqual([]);
      const shown = slotsBetween(learned, clock, start + 20 * DAY, start + 34 * DAY);
      const own = slotsBetween(plan, clock, start + 20 * DAY, start + 34 * DAY);
      expect(Math.abs(shown.length - own.length)).toBeLessThanOrEqual(1);
      expect(entry?.weekdays).toHaveLength(days.length);
    }),
    { numRuns: 40 },
  );
});
