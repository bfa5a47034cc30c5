import { and, eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/live/route";
import { transaction } from "@/lib/db";
import { assignments, roleScopes, sessions } from "@/lib/db/schema/access";
import { intakeKeys } from "@/lib/db/schema/intake-keys";
import { runs } from "@/lib/db/schema/runs";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { fingerprintOf } from "@/lib/live/fingerprint";
import { accessOf, actAs, type Person, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

let oto: Person;
let eva: Person;
let rea: Person;
let own: { id: string };
let other: { id: string };

beforeAll(async () => {
  await openTestDatabase();
  const [acme, beta] = [await customerNamed("Acme"), await customerNamed("Beta")];
  [own, other] = [await jobOf(acme, "Nightly"), await jobOf(beta, "Files")];
  await addRole("End user", ["dashboard.view", "customers.view", "resources.view", "tickets.view"], {
    "customers.view": only(acme.id),
    "resources.view": ALL,
  });
  await person("ada", "Admin");
  [oto, eva, rea] = [await person("oto", "Operator"), await person("eva", "End user"), await person("rea", "Reporter")];
});
afterAll(closeTestDatabase);

const print = async (who: Person) => fingerprintOf(await accessOf(who));
/** @returns who notices that this happened. */
async function noticed(happens: () => Promise<unknown>): Promise<string[]> {
  const people = { oto, eva, rea };
  const before = await Promise.all(Object.values(people).map(print));
  await happens();
  const after = await Promise.all(Object.values(people).map(print));
  return Object.keys(people).filter((_, at) => before[at] !== after[at]);
}

test("what a role covers is news for it, and nothing else is", async () => {
  expect(await noticed(() => runOf(own, "failed"))).toEqual(["oto", "eva", "rea"]);
  expect(await noticed(() => runOf(other, "failed"))).toEqual(["oto", "rea"]);
  const review = { reviewedAt: new Date(), reviewer: "oto" };
  const corrected = () => transaction((tx) => tx.update(runs).set({ status: "success" }).where(eq(runs.jobId, own.id)));
  expect(await noticed(corrected)).toEqual(["oto", "eva", "rea"]);
  const reviewed = () => transaction((tx) => tx.update(runs).set(review).where(eq(runs.jobId, other.id)));
  expect(await noticed(reviewed)).toEqual(["oto", "rea"]);
  const ticket = async () =>
    transaction(async (tx) => {
      const values = { kind: "ticket", number: 1001, title: "Disk", createdBy: "oto" } as const;
      const [made] = await tx.insert(tickets).values(values).returning();
      await tx.insert(ticketScopes).values({ ticketId: made?.id ?? "", jobId: other.id });
    });
  expect(await noticed(ticket)).toEqual(["oto"]);
  const silence = () =>
    transaction((tx) =>
      tx.insert(intakeKeys).values({ name: "k", keyHash: "h", createdBy: "ada", silentSince: new Date() }),
    );
  expect(await noticed(silence)).toEqual(["oto"]);
  expect(await noticed(async () => {})).toEqual([]);
});

const listen = (who: Person | null, accept: string, signal?: AbortSignal) => {
  actAs(who);
  return GET(new Request("http://localhost/api/live", { headers: { accept }, signal }), {
    params: Promise.resolve({}),
  });
};

test("who asks now and then is told the fingerprint; nobody without the right is", async () => {
  const answer = await listen(eva, "application/json");
  expect(await answer.json()).toEqual({ fingerprint: await print(eva) });
  expect((await listen(null, "application/json")).status).toBe(401);
  actAs(eva);
  const head = new Request("http://localhost/api/live", { method: "HEAD", headers: { accept: "text/event-stream" } });
  const looked = await GET(head, { params: Promise.resolve({}) });
  expect(looked.headers.get("content-type"), "nobody reads what follows a HEAD").toBe("application/json");
});

test("who listens is told that something changed, not what; the stream ends with the session", async () => {
  const answer = await listen(eva, "text/event-stream");
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("There is no stream.");
  expect((await reader.read()).value).toContain("retry:");
  await runOf(other, "failed");
  expect((await reader.read()).value).toBe(": still here\n\n");
  await runOf(own, "failed");
  expect((await reader.read()).value).toBe("event: changed\ndata: 1\n\n");
  await transaction((tx) => tx.update(sessions).set({ endedAt: new Date() }).where(eq(sessions.userId, eva.id)));
  expect((await reader.read()).done).toBe(true);
}, 30_000);

test("a role that is changed meanwhile counts from the next look on, and one that is taken away ends the stream", async () => {
  const ida = await person("ida", "End user");
  await runOf(own, "failed");
  const answer = await listen(ida, "text/event-stream");
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("There is no stream.");
  expect((await reader.read()).value).toContain("retry:");
  const of = and(eq(roleScopes.right, "customers.view"), isNotNull(roleScopes.elementId));
  const left = await transaction((tx) => tx.delete(roleScopes).where(of).returning());
  expect((await reader.read()).value, "what it covered has gone").toContain("changed");
  await runOf(own, "failed");
  expect((await reader.read()).value).toBe(": still here\n\n");
  await transaction((tx) => tx.insert(roleScopes).values(left));
  await transaction((tx) => tx.delete(assignments).where(eq(assignments.userId, ida.id)));
  expect((await reader.read()).done).toBe(true);
}, 40_000);

test("a stream that nobody reads any more looks no further", async () => {
  const leaving = new AbortController();
  const answer = await listen(oto, "text/event-stream", leaving.signal);
  const reader = answer.body?.getReader();
  await reader?.read();
  leaving.abort();
  expect((await reader?.read())?.done).toBe(true);
});
