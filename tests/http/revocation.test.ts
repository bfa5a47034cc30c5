import { setTimeout as sleep } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { transaction } from "@/lib/db";
import { assignments, roles, users } from "@/lib/db/schema/access";
import { addPerson, inNewSession, type Person } from "../support/http/people";
import { visit } from "../support/http/visit";
import { hasPostgres, openWorld, type World } from "../support/http/world";

const { url } = inject("servers");
const SESSIONS = 50;
/** How many answers are awaited before and after: each session has a request under way all the time. */
const ANSWERS = 3 * SESSIONS;

/** The door needs `customers.view`, which an operator has and a reporter lacks. */
const DOOR = "/api/customers/names";

type Seen = { startedAt: number; status: number };

let world: World;

describe.skipIf(!hasPostgres)("taking away access under load", () => {
  beforeAll(async () => {
    world = await openWorld();
  });

  test("the active role is removed: all sessions go on in the remaining role from the next request on", async () => {
    const who = await transaction((tx) => addPerson(tx, "two-roles", ["Operator", "Reporter"]));
    const operator = who.roles[0]?.id ?? "";
    const remove = () =>
      transaction((tx) =>
        tx.delete(assignments).where(and(eq(assignments.userId, who.id), eq(assignments.roleId, operator))),
      );
    expect(await statusesAfter(who, remove)).toEqual([403]);
    expect((await visit(url, "/reports", who)).status).toBe(200);
    expect((await visit(url, "/customers", who)).status).toBe(403);
  });

  test("a right is removed from the role", async () => {
    const who = world.people.viewer as Person;
    const role = eq(roles.id, who.actingKey);
    const remove = () =>
      transaction((tx) =>
        tx
          .update(roles)
          .set({ rights: ["dashboard.view"] })
          .where(role),
      );
    expect(await statusesAfter(who, remove)).toEqual([403]);
    expect((await visit(url, "/dashboard", who)).status).toBe(200);
  });

  test("the only role is removed: nothing opens", async () => {
    const who = await transaction((tx) => addPerson(tx, "one-role", ["Operator"]));
    const remove = () => transaction((tx) => tx.delete(assignments).where(eq(assignments.userId, who.id)));
    expect(await statusesAfter(who, remove)).toEqual([403]);
    expect((await visit(url, "/dashboard", who)).status).toBe(403);
  });

  test("the user is disabled", async () => {
    const who = await transaction((tx) => addPerson(tx, "disabled-soon", ["Operator"]));
    const disable = () =>
      transaction((tx) => tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, who.id)));
    expect(await statusesAfter(who, disable)).toEqual([401]);
  });
});

/**
 * Sends requests in many sessions of one person without a pause while `take` commits.
 * @returns the different answers to requests that started after the commit.
 */
async function statusesAfter(person: Person, take: () => Promise<unknown>): Promise<number[]> {
  const sessions = await Promise.all(Array.from({ length: SESSIONS }, () => inNewSession(person)));
  const seen: Seen[] = [];
  let running = true;
  const clients = sessions.map(async (who) => {
    while (running) {
      const startedAt = performance.now();
      const { status } = await visit(url, DOOR, who);
      seen.push({ startedAt, status });
    }
  });
  const more = async (wanted: number) => {
    while (seen.length < wanted) await sleep(20);
  };
  await more(ANSWERS);
  await take();
  const takenAt = performance.now();
  await more(seen.length + SESSIONS + ANSWERS);
  running = false;
  await Promise.all(clients);
  const before = seen.filter(({ startedAt }) => startedAt < takenAt);
  const after = seen.filter(({ startedAt }) => startedAt >= takenAt);
  expect(
    seen.filter(({ status }) => ![200, 401, 403].includes(status)),
    "also in the very moment",
  ).toEqual([]);
  expect(before.filter(({ status }) => status === 200).length, "it was open before").toBeGreaterThan(SESSIONS);
  expect(after.length, "requests after").toBeGreaterThan(SESSIONS);
  return [...new Set(after.map(({ status }) => status))].sort();
}
