import { expect, test } from "vitest";
import { type DayRun, dayModes, dayStatus } from "@/lib/days/rules";
import type { RunStatus } from "@/lib/statuses";

const at = (hour: number, status: RunStatus, more: Partial<DayRun> = {}): DayRun => ({
  status,
  ranAt: new Date(Date.UTC(2026, 10, 20, 0, hour * 60)),
  ...more,
});
const inEach = (...runs: DayRun[]) => Object.fromEntries(dayModes.map((mode) => [mode, dayStatus(runs, mode)?.status]));

test("a day without a run has no status; with one it has its", () => {
  expect(dayStatus([], "worst")).toBeNull();
  for (const mode of dayModes) expect(dayStatus([at(1, "failed")], mode)).toEqual({ status: "failed", note: null });
});

test("a failure that was repeated with success is a success that says so", () => {
  const runs = [at(23, "success"), at(22, "failed")];
  expect(dayStatus(runs, "last-attempt")).toEqual({ status: "success", note: "also 1 failed" });
  expect(inEach(...runs)).toEqual({
    "last-attempt": "success",
    mixed: "warning",
    last: "success",
    worst: "failed",
    best: "success",
  });
});

test("of two slots the worse one counts, whatever the other was repeated to", () => {
  const runs = [at(2, "failed"), at(3, "failed"), at(12, "failed"), at(13, "success")];
  expect(dayStatus(runs, "last-attempt")).toEqual({ status: "failed", note: "also 1 success" });
  expect(dayStatus([at(2, "failed"), at(5.1, "success")], "last-attempt")?.status).toBe("failed");
  expect(dayStatus([at(2, "success"), at(3, "failed")], "last-attempt")?.status).toBe("failed");
  expect(dayStatus([at(2, "failed"), at(3, "missed")], "last-attempt")?.status).toBe("failed");
});

test("a job of every hour is not one long chain of attempts", () => {
  const hours = Array.from({ length: 24 }, (_, hour) => at(hour, hour === 23 ? "failed" : "success"));
  expect(dayStatus(hours, "last-attempt")).toEqual({ status: "failed", note: "also 23 success" });
});

test("mixed: all failed stays failed, a warning beside a success is a warning", () => {
  expect(inEach(at(1, "failed"), at(9, "missed")).mixed).toBe("failed");
  expect(inEach(at(1, "warning"), at(9, "success")).mixed).toBe("warning");
  expect(inEach(at(1, "unknown"), at(9, "success")).mixed).toBe("warning");
});

test("what came late is not missed, and what is only suspected is unknown, never green", () => {
  expect(dayStatus([at(1, "missed", { cameLate: true }), at(9, "success")], "worst")).toEqual({
    status: "success",
    note: null,
  });
  for (const mode of dayModes)
    expect(dayStatus([at(1, "missed", { isSuspected: true })], mode)).toEqual({ status: "unknown", note: null });
});
