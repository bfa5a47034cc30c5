import { expect, test } from "vitest";
import { playMonth } from "../scripts/bench/month/desk";
import { makeWorld } from "../scripts/bench/month/world";

test("five weeks of sixty made-up jobs: of what is told as missed, and of what was missed, 98 in 100 are right", () => {
  const plan = { jobs: 60, days: 35, seed: 4, start: "2026-10-01", historyDays: 130 };
  const { found, claimed, missed, heldBack, cameLate, wrong } = playMonth(makeWorld(plan), plan);
  expect(missed).toBeGreaterThan(25);
  expect(heldBack).toBeGreaterThan(10);
  expect(cameLate).toBeGreaterThan(10);
  expect(found / claimed, wrong.join("\n")).toBeGreaterThanOrEqual(0.98);
  expect(found / missed, wrong.join("\n")).toBeGreaterThanOrEqual(0.98);
}, 120_000);
