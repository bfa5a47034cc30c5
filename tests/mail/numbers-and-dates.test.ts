import { describe, expect, test } from "vitest";
import { readClock, readInstant, readLocalMoment } from "@/lib/mail/parse/dates";
import { readMailDate } from "@/lib/mail/parse/mail-dates";
import { decimalOf, readDuration, readNumber, readSize } from "@/lib/mail/parse/numbers";
import { zoneOf } from "@/lib/mail/parse/zones";

const GB = 1024 ** 3;
const near = Date.UTC(2026, 9, 5, 20);
const moment = (text: string, at = near) => new Date(readLocalMoment(text, at) ?? Number.NaN).toISOString();

describe("sizes", () => {
  test.each([
    ["307,2 GB", null, Math.round(307.2 * GB)],
    ["307.2 GB", null, Math.round(307.2 * GB)],
    ["363,2 KB", null, Math.round(363.2 * 1024)],
    ["397,0 B", null, 397],
    ["128.001 GiB", ".", Math.round(128.001 * GB)],
    ["1.234 GB", ",", 1234 * GB],
    ["1,234.5 MB", null, Math.round(1234.5 * 1024 ** 2)],
    ["1.234,5 MB", null, Math.round(1234.5 * 1024 ** 2)],
    ["20,6 Go", null, Math.round(20.6 * GB)],
    ["123.45M", null, Math.round(123.45 * 1024 ** 2)],
    ["62,685,875 bytes", null, 62685875],
    ["0 B", null, 0],
    ["-", null, null],
    ["", null, null],
    ["14 guests", null, null],
  ] as const)("%s", (text, decimal, bytes) => expect(readSize(text, decimal)).toBe(bytes));

  test("the decimal separator of a mail is found", () => {
    expect(decimalOf("Total size 307,2 GB, 1.234 files")).toBe(",");
    expect(decimalOf("Dedupe 1.1x")).toBe(".");
    expect(decimalOf("nothing")).toBeNull();
  });

  test("numbers with groups", () => {
    expect(readNumber("62,685,875", null)).toBe(62685875);
    expect(readNumber("62.685.875", null)).toBe(62685875);
    expect(readNumber("1 234", null)).toBe(1234);
    expect(readNumber("12a", null)).toBeNull();
  });
});

describe("durations", () => {
  test.each([
    ["0:03:34", 214],
    ["1.02:03:04", 93784],
    ["00:00:00.1900000", 0],
    ["2m 41s", 161],
    ["18s", 18],
    ["1h 3m 5s", 3785],
    ["2 hours 3 mins 4 secs", 7384],
    ["1 day 2 hours", 93600],
    ["", null],
    ["soon", null],
  ])("%s", (text, seconds) => expect(readDuration(text)).toBe(seconds));
});

describe("local dates", () => {
  test.each([
    ["Monday, 05 October 2026 21:00:00", "2026-10-05T21:00:00.000Z"],
    ["Monday, October 5, 2026 10:00:05 PM", "2026-10-05T22:00:05.000Z"],
    ["Montag, 5. Oktober 2026 21:00:00", "2026-10-05T21:00:00.000Z"],
    ["15 серпня 2026 р. 10:01:12", "2026-08-15T10:01:12.000Z"],
    ["5 октября 2026 г. 8:00:00", "2026-10-05T08:00:00.000Z"],
    ["lunes, 5 de octubre de 2026 21:00:00", "2026-10-05T21:00:00.000Z"],
    ["vendredi 2 octobre 2026 12:30:00", "2026-10-02T12:30:00.000Z"],
    ["lunedì 5 ottobre 2026 13:00:00", "2026-10-05T13:00:00.000Z"],
    ["maandag 5 oktober 2026 13:00", "2026-10-05T13:00:00.000Z"],
    ["5. lokakuuta 2026 13.00", "2026-10-05T13:00:00.000Z"],
    ["2026. október 5., hétfő 21:00:00", "2026-10-05T21:00:00.000Z"],
    ["2026年10月5日 21:00:00", "2026-10-05T21:00:00.000Z"],
    ["2026-10-05 21:00:36", "2026-10-05T21:00:36.000Z"],
    ["05.10.2026 21:00:36", "2026-10-05T21:00:36.000Z"],
    ["Mon Oct  5 22:09:18 2026", "2026-10-05T22:09:18.000Z"],
    ["12:00:00 AM on October 5, 2026", "2026-10-05T00:00:00.000Z"],
  ])("%s", (text, expected) => expect(moment(text)).toBe(expected));

  test("day and month are told apart by the mail's own date, never a reading after it", () => {
    expect(moment("7/8/2026 9:00", Date.UTC(2026, 6, 8, 12))).toBe("2026-07-08T09:00:00.000Z");
    expect(moment("7/8/2026 9:00", Date.UTC(2026, 7, 7, 12))).toBe("2026-08-07T09:00:00.000Z");
    expect(moment("1/12/2026 9:00", Date.UTC(2026, 1, 1))).toBe("2026-01-12T09:00:00.000Z");
  });

  test("a month that is another one in another language is told apart likewise", () => {
    expect(moment("5 listopada 2026 21:00", Date.UTC(2026, 9, 6))).toBe("2026-10-05T21:00:00.000Z");
    expect(moment("5 listopada 2026 21:00", Date.UTC(2026, 10, 6))).toBe("2026-11-05T21:00:00.000Z");
  });

  test.each(["", "never", "31.02.2026", "99/99/2026", "5 Blursday 2026"])("no date: %s", (text) =>
    expect(readLocalMoment(text, near)).toBeNull(),
  );

  test("times of day", () => {
    expect(readClock("10:00:05 PM")).toBe(79205);
    expect(readClock("12:30 AM")).toBe(1800);
    expect(readClock("21:00:05")).toBe(75605);
    expect(readClock("noon")).toBeNull();
  });

  test("moments with a zone", () => {
    expect(readInstant("vm/1000/2026-06-12T01:00:03Z")).toBe(Date.UTC(2026, 5, 12, 1, 0, 3));
    expect(readInstant("2023-09-23T09:50:06+0200")).toBe(Date.UTC(2023, 8, 23, 7, 50, 6));
    expect(readInstant("2026-06-12 01:00:03")).toBeNull();
  });
});

describe("the Date header", () => {
  test.each([
    ["Mon, 5 Oct 2026 11:03:36 -0700", "2026-10-05T18:03:36.000Z"],
    ["5 Oct 26 11:03 GMT", "2026-10-05T11:03:00.000Z"],
    ["Mon, 05 Oct 2026 11:03:36 +0000 (UTC)", "2026-10-05T11:03:36.000Z"],
    ["Mon, 5 Oct 2026 11:03:36 EST", "2026-10-05T16:03:36.000Z"],
  ])("%s", (text, iso) => expect(readMailDate(text)?.iso).toBe(iso));
  test("nonsense is no date", () => expect(readMailDate("yesterday")).toBeNull());
});

describe("the zone of a machine that does not name it", () => {
  const when = (sent: number, forwarded = false) => ({
    received: sent,
    sent,
    sentOffsetMinutes: -420,
    forwarded,
    future: false,
  });
  const sent = Date.UTC(2026, 9, 5, 18, 3, 36);
  test.each([
    [Date.UTC(2026, 9, 5, 21, 3, 34), 180],
    [Date.UTC(2026, 9, 5, 23, 33, 30), 330],
    [Date.UTC(2026, 9, 5, 13, 50, 0), -240],
    [Date.UTC(2026, 9, 6, 6, 3, 0), 720],
  ])("is told by how far its end time is from the moment of sending", (end, offsetMinutes) => {
    expect(zoneOf(end, when(sent))).toEqual({ offsetMinutes, guessed: false });
  });
  test("is a guess in a forwarded mail, and when the end lies days away", () => {
    expect(zoneOf(Date.UTC(2026, 9, 5, 21, 3, 34), when(sent, true))).toEqual({ offsetMinutes: -420, guessed: true });
    expect(zoneOf(Date.UTC(2026, 9, 3), when(sent)).guessed).toBe(true);
  });
});
