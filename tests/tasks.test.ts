import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { tasks as rows } from "@/lib/db/schema/tasks";
import { runTask } from "@/lib/tasks/run-task";
import { closeTestDatabase, openTestDatabase } from "./support/database";

const never = new AbortController().signal;
const rowOf = async (name: string) => (await db().select().from(rows).where(eq(rows.name, name)))[0];
const shift = (seconds: number) =>
  transaction((tx) => tx.update(rows).set({ startedAt: new Date(Date.now() - seconds * 1000) }));

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);
beforeEach(() => transaction((tx) => tx.delete(rows).then(() => {})));

test("a task runs when it is due, not before, and at once when somebody asks for it", async () => {
  let times = 0;
  const task = { name: "count", everySeconds: 60, run: async () => void times++ };
  expect(await runTask(task, never)).toBe("done");
  expect(await runTask(task, never)).toBe("waits");
  expect(await runTask(task, never, true)).toBe("done");
  await shift(61);
  expect(await runTask(task, never)).toBe("done");
  expect(times).toBe(3);
  expect(await rowOf("count")).toMatchObject({ node: null, leasedUntil: null, error: null });
});

test("two at once: one runs, the other waits", async () => {
  let running = 0;
  let most = 0;
  const run = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 50));
    running--;
  };
  const task = { name: "slow", everySeconds: 60, run };
  const outcomes = await Promise.all([1, 2, 3].map(() => runTask(task, never, true)));
  expect(outcomes.sort()).toEqual(["done", "waits", "waits"]);
  expect(most).toBe(1);
});

test("a failure is told in words, and the task is free again", async () => {
  const run = async () => {
    throw new Error("The mailbox does not answer.");
  };
  expect(await runTask({ name: "fails", everySeconds: 60, run }, never)).toBe("failed");
  expect(await rowOf("fails")).toMatchObject({ node: null, error: "The mailbox does not answer." });
});

test("a task that is told to stop has not failed, and is due again at once", async () => {
  const stopping = new AbortController();
  let begun = 0;
  const run = async (signal: AbortSignal) => {
    if (begun++ > 0) return;
    stopping.abort(new Error("The process is stopping."));
    signal.throwIfAborted();
  };
  const task = { name: "long", everySeconds: 6 * 3600, run };
  expect(await runTask(task, stopping.signal)).toBe("stopped");
  expect(await rowOf("long")).toMatchObject({ node: null, leasedUntil: null, finishedAt: null, error: null });
  expect(await runTask(task, never)).toBe("done");
  expect(await runTask(task, never)).toBe("waits");
});

test("a node that was killed loses its task when the lease runs out", async () => {
  const task = { name: "orphan", everySeconds: 60, run: async () => {} };
  const leasedUntil = new Date(Date.now() + 30_000);
  await transaction((tx) =>
    tx.insert(rows).values({ name: "orphan", node: "dead", leasedUntil, startedAt: new Date(0) }),
  );
  expect(await runTask(task, never, true)).toBe("waits");
  await transaction((tx) => tx.update(rows).set({ leasedUntil: new Date(Date.now() - 1000) }));
  expect(await runTask(task, never)).toBe("done");
});

test("what a killed node began is due when its lease has run out, however seldom the task is", async () => {
  const task = { name: "seldom", everySeconds: 6 * 3600, run: async () => {} };
  const begun = { name: "seldom", node: "dead", startedAt: new Date(Date.now() - 50_000) };
  await transaction((tx) => tx.insert(rows).values({ ...begun, leasedUntil: new Date(Date.now() + 30_000) }));
  expect(await runTask(task, never)).toBe("waits");
  await transaction((tx) => tx.update(rows).set({ leasedUntil: new Date(Date.now() - 1000) }));
  expect(await runTask(task, never)).toBe("done");
});
