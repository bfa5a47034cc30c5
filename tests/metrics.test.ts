import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as scrapeDoor } from "@/app/metrics/route";
import { db, transaction } from "@/lib/db";
import { mails } from "@/lib/db/schema/mails";
import { runs } from "@/lib/db/schema/runs";
import { readMail } from "@/lib/mail/read";
import { countSignIn } from "@/lib/metrics/counted";
import { runTask } from "@/lib/tasks/run-task";
import { plantRows } from "@/tests/support/http/rows";
import { closeTestDatabase, openTestDatabase } from "./support/database";

const KEY = "only-for-tests-metrics";
const never = new AbortController().signal;

beforeAll(async () => {
  process.env.METRICS_KEY = KEY;
  await openTestDatabase();
});
afterAll(closeTestDatabase);

const scrape = (authorization?: string) =>
  scrapeDoor(new Request("http://127.0.0.1/metrics", { headers: authorization ? { authorization } : {} }), {
    params: Promise.resolve({}),
  });

/** @returns the samples by name and labels, as Prometheus reads them. */
async function samples(): Promise<Record<string, number>> {
  const answer = await scrape(`Bearer ${KEY}`);
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split("\n").filter((line) => line && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
  );
}

test("nobody reads it without the key", async () => {
  for (const head of [undefined, "Bearer wrong", `Basic ${KEY}`, `Bearer ${KEY}x`, "Bearer "]) {
    const answer = await scrape(head);
    expect(answer.status, head).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(await answer.text()).not.toContain("backupchecks_");
  }
});

test("an account with rows in every table: figures of what happened, and no name", async () => {
  const planted = await transaction(plantRows);
  const [job] = await db().select({ jobId: runs.jobId }).from(runs);
  if (!job) throw new Error("No run was planted.");
  const missed = {
    jobId: job.jobId,
    status: "missed",
    ranAt: new Date(),
    slotDate: "2026-01-01",
    slotIndex: 0,
  } as const;
  await transaction(async (tx) => {
    await tx.insert(runs).values({ ...missed, isSuspected: true });
    await tx.insert(mails).values({
      ...{ source: "imap", broughtBy: "x", raw: Buffer.from("x"), sizeBytes: 1, dedupeKey: "waits" },
      receivedAt: new Date(Date.now() - 120_000),
    });
  });
  const found = await samples();
  expect(found).toMatchObject({
    'backupchecks_mails_received_day{source="imap",kind="waiting"}': 1,
    'backupchecks_mails_received_day{source="upload",kind="unknown"}': 2,
    'backupchecks_mails_received_day{source="upload",kind="run"}': 1,
    backupchecks_mails_waiting: 1,
    'backupchecks_runs_today{status="missed"}': 1,
    'backupchecks_runs_today{status="success"}': 0,
    backupchecks_runs_suspected_today: 1,
    backupchecks_runs_unreviewed: 2,
    backupchecks_deliveries_waiting: 0,
  });
  expect(found.backupchecks_mails_waiting_oldest_seconds).toBeGreaterThan(100);
  expect(found.backupchecks_database_answer_seconds).toBeGreaterThan(0);
  expect(Object.keys(found).filter((name) => name.startsWith('backupchecks_source_silent{id="'))).toHaveLength(1);
  const text = JSON.stringify(found);
  expect(Object.values(planted.canaries).filter((canary) => text.includes(canary))).toEqual([]);
});

test("what this process does is counted: mails read, tasks, tries to sign in", async () => {
  const before = await samples();
  await readMail(Buffer.from("From: a@example.org\r\nSubject: x\r\n\r\nx\r\n"), new Date().toISOString());
  const task = { name: "counted", everySeconds: 60, run: async () => {} };
  expect(await runTask(task, never, true)).toBe("done");
  const fails = async () => {
    throw new Error("no");
  };
  expect(await runTask({ ...task, run: fails }, never, true)).toBe("failed");
  countSignIn("refused");
  const after = await samples();
  expect(after['backupchecks_mail_parse_seconds_count{kind="unknown"}']).toBe(1);
  expect(after['backupchecks_task_runs_total{task="counted",outcome="done"}']).toBe(1);
  expect(after['backupchecks_task_runs_total{task="counted",outcome="failed"}']).toBe(1);
  expect(after['backupchecks_task_failing{task="counted"}']).toBe(1);
  expect(after['backupchecks_sign_ins_total{outcome="refused"}']).toBe(1);
  expect(before['backupchecks_sign_ins_total{outcome="refused"}']).toBeUndefined();
  expect(after.process_cpu_seconds_total).toBeGreaterThan(0);
});

test("a task that fails keeps the moment of its last success", async () => {
  const task = { name: "keeps", everySeconds: 60, run: async () => {} };
  await runTask(task, never, true);
  const name = 'backupchecks_task_last_success_timestamp_seconds{task="keeps"}';
  const well = (await samples())[name] ?? 0;
  expect(well).toBeGreaterThan(Date.now() / 1000 - 60);
  await runTask({ ...task, run: () => Promise.reject(new Error("no")) }, never, true);
  expect((await samples())[name]).toBe(well);
});
