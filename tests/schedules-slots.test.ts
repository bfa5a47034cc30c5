import { describe, expect, test } from "vitest";
import { deadlineOf, type Expectation } from "@/lib/schedules/expectation";
import { cameLate, judge, nextSlots } from "@/lib/schedules/judge";
import { isHoliday, isQuietIn } from "@/lib/schedules/quiet";
import { slotsBetween } from "@/lib/schedules/slots";
import { DAY, HOUR, MINUTE, type Schedule } from "@/lib/schedules/types";
import { localOf, momentOf, offsetMinutesAt, timeOf } from "@/lib/schedules/zones";
import { daily } from "./support/schedules";

const at = (text: string) => Date.parse(text);
const iso = (moment: number) => new Date(moment).toISOString().slice(0, 16);
const slots = (schedule: Schedule, zone: string, from: string, to: string) =>
  slotsBetween(schedule, zone, at(from), at(to)).map((slot) => `${slot.date} ${iso(slot.at)}`);
const expectation = (schedule: Schedule, clock: string): Expectation => ({ schedule, clock, allowedMinutes: 60 });
const run = (id: string, ranAt: string) => ({
  id,
  ranAt: at(ranAt),
  reportedAt: at(ranAt),
  status: "success" as const,
});
const missed = (schedule: Schedule, zone: string, since: string, now: string, ...came: string[]) =>
  judge(
    expectation(schedule, zone),
    came.map((one, i) => run(String(i), one)),
    {
      ...{ since: at(since), now: at(now), isQuiet: () => false },
    },
  ).missed.map(({ date }) => date);

describe("the day the clocks are put forward", () => {
  test("in Europe/Berlin 02:30 does not exist: expected at 03:30, and an hour more of grace", () => {
    const [slot] = slotsBetween(daily("02:30"), "Europe/Berlin", at("2026-03-29T00:00Z"), at("2026-03-29T12:00Z"));
    expect(slot).toMatchObject({ date: "2026-03-29", index: 0, at: at("2026-03-29T01:30Z"), extraMinutes: 60 });
    expect(slot && iso(deadlineOf(expectation(daily("02:30"), "Europe/Berlin"), slot))).toBe("2026-03-29T03:30");
  });

  test("in America/New_York 02:30 does not exist: expected at 03:30", () => {
    expect(slots(daily("02:30"), "America/New_York", "2026-03-08T00:00Z", "2026-03-09T00:00Z")).toEqual([
      "2026-03-08 2026-03-08T07:30",
    ]);
  });

  test("in Australia/Lord_Howe the gap is half an hour: 02:15 is expected at 02:45", () => {
    const [slot] = slotsBetween(
      daily("02:15"),
      "Australia/Lord_Howe",
      at("2026-10-03T12:00Z"),
      at("2026-10-04T06:00Z"),
    );
    expect(slot?.date).toBe("2026-10-04");
    expect(iso(slot?.at ?? 0)).toBe("2026-10-03T15:45");
    const local = localOf("Australia/Lord_Howe", slot?.at ?? 0);
    expect(timeOf(local.minute)).toBe("02:45");
  });

  test("two times that become one moment are one run, and the other times are an hour more patient", () => {
    const both: Schedule = { kind: "weekly", at: [...at2("02:30"), ...at2("03:30"), ...at2("22:00")] };
    const found = slotsBetween(both, "Europe/Berlin", at("2026-03-29T00:00Z"), at("2026-03-30T00:00Z"));
    expect(found.map(({ at: moment, extraMinutes }) => [iso(moment), extraMinutes])).toEqual([
      ["2026-03-29T01:30", 60],
      ["2026-03-29T20:00", 60],
    ]);
  });
});

const at2 = (time: string) => [{ time, weekdays: [1, 2, 3, 4, 5, 6, 7] }];

describe("the day the clocks are put back", () => {
  test("in Europe/Berlin 02:30 comes twice: expected once, at the first; late counted from the second", () => {
    const [slot, ...others] = slotsBetween(
      daily("02:30"),
      "Europe/Berlin",
      at("2026-10-24T22:00Z"),
      at("2026-10-25T22:00Z"),
    );
    expect(others).toEqual([]);
    expect([iso(slot?.at ?? 0), iso(slot?.lateFrom ?? 0)]).toEqual(["2026-10-25T00:30", "2026-10-25T01:30"]);
    expect(slot && iso(deadlineOf(expectation(daily("02:30"), "Europe/Berlin"), slot))).toBe("2026-10-25T03:30");
  });

  test("in America/New_York and Australia/Lord_Howe likewise", () => {
    const [york] = slotsBetween(daily("01:30"), "America/New_York", at("2026-11-01T00:00Z"), at("2026-11-01T12:00Z"));
    expect([iso(york?.at ?? 0), iso(york?.lateFrom ?? 0)]).toEqual(["2026-11-01T05:30", "2026-11-01T06:30"]);
    const [howe] = slotsBetween(
      daily("01:45"),
      "Australia/Lord_Howe",
      at("2026-04-04T10:00Z"),
      at("2026-04-05T10:00Z"),
    );
    expect([iso(howe?.at ?? 0), iso(howe?.lateFrom ?? 0)]).toEqual(["2026-04-04T14:45", "2026-04-04T15:15"]);
  });

  test.each([
    ["Europe/Berlin", "2026-10-25"],
    ["America/New_York", "2026-11-01"],
    ["Australia/Lord_Howe", "2026-04-05"],
    ["America/New_York", "2026-03-08"],
    ["Australia/Lord_Howe", "2026-10-04"],
  ])("in %s every other time of %s has an hour more of grace, the days around it have not", (zone, date) => {
    const noon = Date.parse(`${date}T12:00Z`);
    const found = slotsBetween(daily("21:00"), zone, noon - 2.5 * DAY, noon + 2.5 * DAY);
    const day = found.find((slot) => slot.date === date);
    expect(day).toMatchObject({ extraMinutes: 60, lateFrom: day?.at });
    expect(timeOf(localOf(zone, day?.at ?? 0).minute)).toBe("21:00");
    expect(found.filter(({ extraMinutes }) => extraMinutes > 0)).toEqual([day]);
    const allowed = expectation(daily("21:00"), zone);
    expect(day && (deadlineOf(allowed, day) - day.at) / MINUTE).toBe(120);
  });

  test("a second run in the repeated hour is an extra, no error", () => {
    const [since, now] = ["2026-10-24T12:00Z", "2026-10-26T12:00Z"];
    const came = ["2026-10-25T00:31Z", "2026-10-25T01:31Z", "2026-10-26T01:31Z"];
    expect(missed(daily("02:30"), "Europe/Berlin", since, now, ...came)).toEqual([]);
  });

  test.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu"])(
    "every day of a year has exactly one slot in %s",
    (zone) => {
      for (const time of ["00:00", "00:30", "02:15", "03:00", "23:59"]) {
        const dates = slots(daily(time), zone, "2026-01-02T00:00Z", "2026-12-30T00:00Z").map((line) =>
          line.slice(0, 10),
        );
        expect(new Set(dates).size, time).toBe(dates.length);
        expect(dates.length, time).toBeGreaterThan(360);
      }
    },
  );
});

test("a job that crosses midnight belongs to the day on which it was to start", () => {
  expect(
    missed(
      daily("23:50"),
      "Europe/Berlin",
      "2026-11-01T12:00Z",
      "2026-11-04T12:00Z",
      "2026-11-01T23:05Z",
      "2026-11-03T22:51Z",
    ),
  ).toEqual(["2026-11-02"]);
});

test("on the 31st: months without it are skipped, unless the rule is the last day", () => {
  const on = (day: Extract<Schedule, { kind: "monthly" }>["on"][number]): Schedule => ({
    kind: "monthly",
    on: [day],
    times: ["01:00"],
  });
  const year = (schedule: Schedule) =>
    slots(schedule, "UTC", "2027-01-01T00:00Z", "2028-03-01T00:00Z").map((line) => line.slice(5, 10));
  expect(year(on({ day: 31 }))).toEqual(["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31", "01-31"]);
  expect(year(on({ last: true })).slice(0, 4)).toEqual(["01-31", "02-28", "03-31", "04-30"]);
  expect(year(on({ last: true })).at(-1)).toBe("02-29");
});

test("every third Tuesday, and the last Friday of the month", () => {
  const third: Schedule = { kind: "monthly", on: [{ nth: 3, weekday: 2 }], times: ["01:30"] };
  const last: Schedule = { kind: "monthly", on: [{ nth: -1, weekday: 5 }], times: ["01:30"] };
  const dates = (schedule: Schedule) =>
    slots(schedule, "UTC", "2026-09-01T00:00Z", "2027-01-01T00:00Z").map((line) => line.slice(0, 10));
  expect(dates(third)).toEqual(["2026-09-15", "2026-10-20", "2026-11-17", "2026-12-15"]);
  expect(dates(last)).toEqual(["2026-09-25", "2026-10-30", "2026-11-27", "2026-12-25"]);
});

test("only on weekdays, and twice daily at 12:00 and 22:00", () => {
  const weekdays: Schedule = { kind: "weekly", at: [{ time: "22:00", weekdays: [1, 2, 3, 4, 5] }] };
  expect(missed(weekdays, "UTC", "2026-11-20T23:30Z", "2026-11-24T12:00Z")).toEqual(["2026-11-23"]);
  const twice: Schedule = { kind: "weekly", at: [...at2("12:00"), ...at2("22:00")] };
  const judged = judge(expectation(twice, "UTC"), [run("1", "2026-11-21T22:04Z")], {
    ...{ since: at("2026-11-21T06:00Z"), now: at("2026-11-22T11:00Z"), isQuiet: () => false },
  });
  expect(judged.missed).toMatchObject([{ date: "2026-11-21", index: 0, at: at("2026-11-21T12:00Z") }]);
});

test("every so many days or weeks from a day, before it too; every so many hours from a moment", () => {
  const weeks: Schedule = { kind: "every", days: 14, anchor: "2026-11-10", times: ["04:00"] };
  expect(slots(weeks, "UTC", "2026-10-01T00:00Z", "2026-12-01T00:00Z").map((line) => line.slice(5, 10))).toEqual([
    "10-13",
    "10-27",
    "11-10",
    "11-24",
  ]);
  const hours: Schedule = { kind: "interval", hours: 5, anchor: "2026-11-10T22:00:00Z" };
  const found = slotsBetween(hours, "UTC", at("2026-11-10T20:00Z"), at("2026-11-11T12:00Z"));
  expect(found.map(({ date, index, at: moment }) => [date, index, iso(moment)])).toEqual([
    ["2026-11-10", 4, "2026-11-10T22:00"],
    ["2026-11-11", 0, "2026-11-11T03:00"],
    ["2026-11-11", 1, "2026-11-11T08:00"],
  ]);
});

test("last night's backup that is started in the afternoon is last night's, and tonight's is still expected", () => {
  const [since, came] = ["2026-11-19T12:00Z", ["2026-11-19T22:00Z", "2026-11-21T14:00Z"]];
  expect(missed(daily("22:00"), "UTC", since, "2026-11-21T20:00Z", ...came)).toEqual([]);
  expect(missed(daily("22:00"), "UTC", since, "2026-11-22T12:00Z", ...came)).toEqual(["2026-11-21"]);
});

test("a run by hand after holidays is the next one, and no late one of a holiday; a job that runs on holidays does so", () => {
  const since = at("2026-11-10T12:00Z");
  const isQuiet = ({ date }: { date: string }) => date >= "2026-11-12" && date <= "2026-11-15";
  const missedWith = (now: string, ...came: string[]) =>
    judge(
      expectation(daily("22:00"), "UTC"),
      came.map((one, i) => run(String(i), one)),
      { since, now: at(now), isQuiet },
    ).missed.map(({ date }) => date);
  const before = ["2026-11-10T22:00Z", "2026-11-11T22:00Z"];
  expect(missedWith("2026-11-17T06:00Z", ...before, "2026-11-16T14:00Z")).toEqual([]);
  expect(missedWith("2026-11-16T06:00Z", "2026-11-10T22:00Z", "2026-11-12T22:01Z"), "not that of the 11th").toEqual([
    "2026-11-11",
  ]);
});

test("a run taken for the next one is the missed one after all when the next one comes", () => {
  const told = [{ id: "missed", date: "2026-11-19", index: 0, at: at("2026-11-19T22:00Z") }];
  const late = (now: string, news: string, ...came: string[]) => {
    const seen = came.map((one) => run(one, one));
    const plan = expectation(daily("22:00"), "UTC");
    return [...cameLate(plan, told, seen, { now: at(now), isNew: (id) => id === news })];
  };
  const [night, afternoon, evening] = ["2026-11-18T22:00Z", "2026-11-20T16:00Z", "2026-11-20T22:00Z"];
  expect(late("2026-11-20T17:00Z", afternoon, night, afternoon)).toEqual([]);
  expect(late("2026-11-20T23:00Z", evening, night, afternoon, evening)).toEqual([["missed", afternoon]]);
});

test("where nothing is expected any more, a run of another day is no late one", () => {
  const told = [
    { id: "old", date: "2026-10-01", index: 0, at: at("2026-10-01T22:00Z") },
    { id: "new", date: "2026-11-01", index: 0, at: at("2026-11-01T22:00Z") },
  ];
  const late = (ranAt: string) =>
    cameLate(null, told, [run("1", ranAt)], { now: at("2026-11-21T12:00Z"), isNew: () => true });
  expect([...late("2026-11-02T09:00Z")]).toEqual([["new", "1"]]);
  expect([...late("2026-11-20T09:00Z")]).toEqual([]);
  expect([...late("2026-10-20T09:00Z")]).toEqual([]);
});

test("the next slots are found over months without one", () => {
  const rare: Schedule = { kind: "monthly", on: [{ day: 31 }], times: ["00:00"] };
  const next = nextSlots(expectation(rare, "UTC"), at("2026-11-01T00:00Z"), 3);
  expect(next.map(({ date }) => date)).toEqual(["2026-12-31", "2027-01-31", "2027-03-31"]);
});

test("a yearly holiday returns, also over the new year; a day belongs to the zone of the job", () => {
  const holiday = {
    kind: "holiday" as const,
    fromDay: "2025-12-24",
    toDay: "2026-01-02",
    isYearly: true,
    startsAt: null,
    endsAt: null,
  };
  for (const [date, isFree] of [
    ["2028-12-31", true],
    ["2028-01-02", true],
    ["2028-01-03", false],
  ] as const)
    expect(isHoliday(holiday, date), date).toBe(isFree);
  expect(isHoliday({ ...holiday, isYearly: false }, "2028-12-31")).toBe(false);
  const quiet = isQuietIn(
    [{ ...holiday, fromDay: "2026-05-01", toDay: "2026-05-01", isYearly: false }],
    "Pacific/Auckland",
  );
  const slot = (moment: string) => ({ date: "", index: 0, at: at(moment), lateFrom: 0, extraMinutes: 0, minute: 0 });
  expect([quiet(slot("2026-04-30T13:00Z")), quiet(slot("2026-05-01T13:00Z"))]).toEqual([true, false]);
});

test("the offset of a zone is that of the moment; a fixed clock is never changed", () => {
  expect(
    [at("2026-10-25T00:59Z"), at("2026-10-25T01:00Z")].map((one) => offsetMinutesAt("Europe/Berlin", one)),
  ).toEqual([120, 60]);
  expect([at("2026-07-01T00:00Z"), at("2026-12-01T00:00Z")].map((one) => offsetMinutesAt("-03:30", one))).toEqual([
    -210, -210,
  ]);
  expect(momentOf("+01:00", at("2026-03-29T00:00Z") / DAY, 150)).toEqual({
    ...{ at: at("2026-03-29T01:30Z"), lateFrom: at("2026-03-29T01:30Z"), extraMinutes: 0 },
  });
  expect([HOUR, MINUTE]).toEqual([3_600_000, 60_000]);
});
