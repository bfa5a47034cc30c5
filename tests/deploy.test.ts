import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tasks } from "@/lib/tasks/registry";

const read = (file: string) => readFileSync(file, "utf8");

/** How often a timetable of such a host calls a task that is due every so many seconds: not more often than each minute. */
function scheduleOf(everySeconds: number): string {
  const minutes = Math.max(1, Math.round(everySeconds / 60));
  if (minutes === 1) return "* * * * *";
  if (minutes < 60) return `*/${minutes} * * * *`;
  return minutes < 1440 ? "0 * * * *" : "0 3 * * *";
}

test("the timetable of hosts without long-lived processes calls every task as often as it is due", () => {
  const { crons } = JSON.parse(read("vercel.json")) as { crons: { path: string; schedule: string }[] };
  // It keeps connections open, which such a host would only charge for.
  const useless = ["watch-mailboxes"];
  const useful = tasks.filter(({ name }) => !useless.includes(name));
  const needed = useful.map(({ name, everySeconds }) => ({
    path: `/api/cron/${name}`,
    schedule: scheduleOf(everySeconds),
  }));
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
  expect([...crons].sort(byPath)).toEqual([...needed].sort(byPath));
});

test("limits are set for routes that exist", () => {
  const { functions } = JSON.parse(read("vercel.json")) as { functions: Record<string, unknown> };
  expect(Object.keys(functions).filter((glob) => !existsSync(glob.replace(/\/\*\*$/, "")))).toEqual([]);
});

test("every variable that the product reads stands in .env.example", () => {
  const schema = /z\.object\(\{([\s\S]*?)\n\}\)/.exec(read("lib/env.ts"))?.[1] ?? "";
  const names = [...schema.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name ?? "");
  expect(names).toContain("DATABASE_URL");
  expect(names.filter((name) => !new RegExp(`^#${name}=`, "m").test(read(".env.example")))).toEqual([]);
});

test("the unit of systemd runs as an account of its own, and waits longer than a stop takes", () => {
  const unit = read("deploy/backupchecks.service");
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1];
  expect(value("User")).not.toBe("root");
  expect(value("ExecStart")).toBe("/usr/bin/node server.js");
  expect(Number(value("TimeoutStopSec"))).toBeGreaterThan(10);
  expect(value("Environment=DATA_DIR")).toBe(`/var/lib/${value("StateDirectory")}`);
});
