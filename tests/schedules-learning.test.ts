import { describe, expect, test } from "vitest";
import { collapse, reportedAt, type SeenRun } from "@/lib/schedules/learn/hits";
import { graceOf } from "@/lib/schedules/learn/learn";
import { relearn } from "@/lib/schedules/learn/relearn";
import { observedOffset } from "@/lib/schedules/offsets";
import { DAY, HOUR, type LearnedSchedule, MINUTE } from "@/lib/schedules/types";
import { learningInWords, scheduleInWords, usuallyDoneBy } from "@/lib/schedules/words";
import { momentOf } from "@/lib/schedules/zones";
import { daily, learnedAs } from "./support/schedules";

const ZONE = "Europe/Berlin";
const START = Date.parse("2026-06-01T00:00Z") / DAY; // a Monday
/** A few minutes back and forth, the same each time. */
const noise = (i: number) => ((i * 7919) % 11) - 5;
const at = (day: number, minute: number, zone = ZONE) => momentOf(zone, START + day, minute).at;
let id = 0;
const run = (ranAt: number, status: SeenRun["status"] = "success", minutes = 70): SeenRun => ({
  ...{ id: String(id++), ranAt, reportedAt: ranAt + minutes * MINUTE, status },
});
const runs = (days: number[], minute: number, zone = ZONE) =>
  days.map((day, i) => run(at(day, minute + noise(i), zone)));
const days = (count: number, from = 0, step = 1) => Array.from({ length: count }, (_, i) => from + i * step);
const learn = (seen: SeenRun[], current: LearnedSchedule | null = null, zone = ZONE) =>
  relearn(current, collapse(seen), zone);
const words = (learned: LearnedSchedule | null) =>
  learned?.schedule ? scheduleInWords(learned.schedule, "about").replace(/\d\d:\d\d/g, rounded) : null;
const rounded = (time: string) => {
  const minute = Math.round((Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) / 10) * 10;
  return `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
};

describe("a rule is learned from runs that follow it", () => {
  const weekdays = days(20).filter((day) => day % 7 < 5);
  test.each([
    ["every day, after one whole week", runs(days(7), 1320), "Every day about 22:00"],
    ["weekdays", runs(weekdays, 1290), "Weekdays about 21:30"],
    [
      "all but Sunday",
      runs(
        days(27).filter((day) => day % 7 < 6),
        1200,
      ),
      "Mondays to Saturdays about 20:00",
    ],
    ["every Saturday", runs(days(5, 5, 7), 600), "Every Saturday about 10:00"],
    [
      "twice daily at 12:00 and 22:00",
      [...runs(days(9), 720), ...runs(days(9), 1320)],
      "Every day about 12:00 and 22:00",
    ],
    [
      "at night, and on Saturdays at noon",
      [
        ...runs(
          days(24).filter((day) => day % 7 < 5),
          1320,
        ),
        ...runs(days(4, 5, 7), 720),
      ],
      "Every Saturday about 12:00; Weekdays about 22:00",
    ],
    ["around midnight", days(14).map((day, i) => run(at(day, 1438 + noise(i)))), "Every day about 00:00"],
    ["every 2 days", runs(days(14, 0, 2), 180), "Every 2 days about 03:00"],
    ["every 2 weeks", runs(days(5, 1, 14), 240), "Every 2 weeks on Tuesday about 04:00"],
    [
      "every 6 hours",
      days(10).flatMap((day) => [0, 360, 720, 1080].map((m, i) => run(at(day, m + 30 + noise(i + day))))),
      "Every day about 00:30, 06:30, 12:30 and 18:30",
    ],
    ["every hour", days(300).map((hour, i) => run(at(0, 0) + hour * HOUR + noise(i) * MINUTE)), "Every hour"],
    ["every 5 hours", days(60).map((n, i) => run(at(0, 0) + n * 5 * HOUR + noise(i) * MINUTE)), "Every 5 hours"],
  ])("%s", (_name, seen, expected) => {
    expect(words(learn(seen))).toBe(expected);
  });

  const months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"];
  const dated = (dates: string[]) => dates.map((date, i) => run(Date.parse(`${date}T01:00Z`) + noise(i) * MINUTE));
  const third = ["2026-01-20", "2026-02-17", "2026-03-17", "2026-04-21", "2026-05-19"];
  const ends = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"];
  test.each([
    ["on the 15th", dated(months.map((month) => `${month}-15`)), "On the 15th of each month about 01:00"],
    ["on the last day", dated(ends), "On the last day of each month about 01:00"],
    ["every third Tuesday", dated(third), "Every 3rd Tuesday about 01:00"],
  ])("%s", (_name, seen, expected) => {
    expect(words(learn(seen, null, "UTC"))).toBe(expected);
  });
});

test("too little is no rule: three runs, or a week of which the weekend is not known", () => {
  expect(learn(runs(days(3), 1320))).toBeNull();
  expect(learn(runs(days(5), 1320))).toBeNull();
  expect(
    learn(
      runs(
        days(13).filter((day) => day % 7 < 5),
        1320,
      ),
    ),
  ).toBeNull();
  expect(learningInWords({ runs: 3, days: 3 }, true)).toBe("Learning: 3 of 4 runs seen.");
});

test("runs without a rule are said to be irregular, and how long they pause", () => {
  const seen = [0, 1, 4, 5, 9, 16, 17, 19, 26, 31, 33, 44, 45].map((day, i) => run(at(day, (i * 397) % 1440)));
  expect(learn(seen)).toMatchObject({ schedule: null, periodDays: 11 });
});

test("retry chains are one run; what follows a success is a run of its own", () => {
  const retried = days(8).flatMap((day) => [
    run(at(day, 1320), "failed"),
    run(at(day, 1335), "failed"),
    run(at(day, 1352), day % 2 ? "success" : "failed"),
  ]);
  expect(collapse(retried)).toHaveLength(8);
  expect(words(learn(retried))).toBe("Every day about 22:00");
  const close = days(8).flatMap((day) => [run(at(day, 1320)), run(at(day, 1380))]);
  expect(collapse(close)).toHaveLength(16);
  expect(collapse([run(at(0, 60)), run(at(0, 64))], DAY)).toHaveLength(1);
});

test("few misses and few manual runs do not hide the rule", () => {
  const seen = runs(
    days(28).filter((day) => day % 9 !== 4),
    1320,
  );
  expect(words(learn([...seen, run(at(11, 600)), run(at(20, 700))]))).toBe("Every day about 22:00");
});

test("a schedule moved from 22:00 to 01:00 is known after three runs, with its days", () => {
  const workdays = (from: number, count: number) => days(count, from).filter((day) => day % 7 < 5);
  const before = runs(workdays(0, 28), 1320);
  const known = learn(before);
  expect(words(known)).toBe("Weekdays about 22:00");
  const two = [...before, ...runs([29, 30], 60)];
  expect(words(learn(two, known))).toBe("Weekdays about 22:00");
  const three = learn([...two, ...runs([31], 60)], known);
  expect(words(three)).toBe("Tuesdays to Saturdays about 01:00");
  expect(words(learn([...two, ...runs([31, 32, 33], 60)], three))).toBe("Tuesdays to Saturdays about 01:00");
});

test("a job of several times a day that is moved as a whole is known after one round", () => {
  const times = [30, 390, 750, 1110];
  const rounds = (count: number, from: number, by: number) =>
    days(count, from).flatMap((day) => times.map((minute, i) => run(at(day, minute + by + noise(day + i)))));
  const before = rounds(20, 0, 0);
  const known = learn(before);
  const moved = learn([...before, ...rounds(1, 20, 180)], known);
  expect(words(moved)).toBe("Every day about 03:30, 09:30, 15:30 and 21:30");
  expect(moved?.graceMinutes).toBe(60);
  const twice = [...runs(days(20), 720), ...runs(days(20), 1320)];
  const earlier = [...twice, run(at(20, 480)), run(at(20, 1080)), run(at(21, 480))];
  expect(words(learn(earlier, learn(twice)))).toBe("Every day about 08:00 and 18:00");
  expect(words(learn(earlier.slice(0, -1), learn(twice)))).toBe("Every day about 12:00 and 22:00");
});

test("three runs by hand on the same weekday are no time of the schedule", () => {
  const byHand = runs([6, 13, 20], 960);
  expect(words(learn([...runs(days(26), 1320), ...byHand]))).toBe("Every day about 22:00");
});

test("a job that is cut down to weekdays is believed after two weeks, one miss of a weekday is not", () => {
  const known = learn(runs(days(28), 1320));
  const cut = (count: number) =>
    runs(
      days(28 + count).filter((day) => day < 28 || day % 7 < 5),
      1320,
    );
  expect(words(learn(cut(7), known))).toBe("Every day about 22:00");
  expect(words(learn(cut(19), known))).toBe("Weekdays about 22:00");
  const twoMondays = runs(
    days(42).filter((day) => day !== 28 && day !== 35),
    1320,
  );
  expect(words(learn(twoMondays, known))).toBe("Every day about 22:00");
});

test("a job that fails to come for a week keeps its schedule", () => {
  const seen = runs(days(28), 1320);
  const known = learn(seen);
  expect(words(learn([...seen, ...runs([36], 1320)], known))).toBe("Every day about 22:00");
});

test("a sender by UTC is known by the step of an hour when the clocks are changed", () => {
  const october = Date.parse("2026-10-10T00:00Z") / DAY - START;
  const byUtc = runs(days(19, october), 1260, "UTC");
  const learned = learn(byUtc);
  expect(learned?.clock).toBe("+02:00");
  expect(words(learned)).toBe("Every day about 23:00");
  expect(learn(runs(days(19, october), 1260))?.clock).toBe(ZONE);
  const later = learn([...byUtc, ...runs(days(60, october + 19), 1260, "UTC")], learned);
  expect(later?.clock).toBe("+02:00");
});

test("somebody who moves a job to another zone gets its times there", () => {
  const seen = runs(days(10), 1320);
  expect(words(learn(seen, learn(seen), "UTC"))).toBe("Every day about 20:00");
});

test("grace is twice the lateness and half an hour, between one hour and twelve, more where runs are rare", () => {
  expect([graceOf(0, 1), graceOf(40, 1), graceOf(900, 1), graceOf(10, 7), graceOf(10, 31)]).toEqual([
    60, 110, 720, 240, 1440,
  ]);
});

test("the mail comes at the end, and later as the job grows", () => {
  const seen = days(30).map((day) => run(at(day, 1320), "success", 30 + 2 * day));
  const learned = learn(seen);
  expect(learned?.delayMinutes).toBeGreaterThanOrEqual(84);
  const steady = { ...learnedAs(daily("22:00")), delayMinutes: 60, spreadMinutes: 10 };
  expect(usuallyDoneBy(steady)).toBe("23:10");
});

test("what was delivered long after it was sent says nothing about how long the job takes", () => {
  const moment = (text: string) => new Date(`2026-06-0${text}Z`);
  const [ranAt, sentAt] = [moment("1T22:00"), moment("1T23:05")];
  const reported = (receivedAt: Date) => reportedAt({ ranAt, endedAt: null, sentAt, receivedAt }) - ranAt.getTime();
  expect(reported(moment("1T23:20"))).toBe(80 * MINUTE);
  expect(reported(moment("5T08:00"))).toBe(65 * MINUTE);
});

test("the clock of a machine is told by the end that its mails print, never by one alone or by a zone they name", () => {
  const sample = (text: string, sentAt = "2026-06-01T18:03:36Z") => ({
    ...{ sentAt: new Date(sentAt), parsed: [{ evidence: [{ field: "endedAt", text }] }] },
  });
  const berlin = sample("Monday, 01 June 2026 20:02:58");
  expect(observedOffset([berlin, berlin, berlin])).toBe(120);
  expect(observedOffset([sample("2:03 PM"), sample("2:02:11 PM"), sample("14:03")])).toBe(-240);
  expect(observedOffset([berlin, berlin])).toBeNull();
  expect(observedOffset([berlin, berlin, berlin, sample("19:03:00")])).toBeNull();
  expect(observedOffset([1, 2, 3].map(() => sample("2026-06-01T20:03:00Z")))).toBeNull();
  expect(observedOffset([1, 2, 3].map(() => sample("20:11:00")))).toBeNull();
});

test.each([
  [{ kind: "weekly" as const, at: [{ time: "22:00", weekdays: [6, 7] }] }, "Weekends at 22:00"],
  [{ kind: "weekly" as const, at: [{ time: "22:00", weekdays: [1, 3] }] }, "Mondays and Wednesdays at 22:00"],
  [{ kind: "every" as const, days: 1, anchor: "2026-11-21", times: ["05:00"] }, "Every day at 05:00"],
  [{ kind: "every" as const, days: 7, anchor: "2026-11-21", times: ["05:00"] }, "Every Saturday at 05:00"],
  [
    { kind: "monthly" as const, on: [{ day: 1 }, { day: 22 }], times: ["05:00"] },
    "On the 1st of each month and on the 22nd of each month at 05:00",
  ],
  [
    { kind: "monthly" as const, on: [{ nth: -1, weekday: 5 }], times: ["05:00"] },
    "Every last Friday of the month at 05:00",
  ],
  [{ kind: "interval" as const, hours: 12, anchor: "2026-11-21T00:00:00Z" }, "Every 12 hours"],
])("a schedule in words: %#", (schedule, expected) => {
  expect(scheduleInWords(schedule)).toBe(expected);
});
