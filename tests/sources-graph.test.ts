import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { checkMailbox, mustWait } from "@/lib/sources/check-mailbox";
import type { GraphOptions, GraphPosition } from "@/lib/sources/types";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { type FakeGraph, startGraph } from "./support/graph";
import { strangeMail, vzdumpMail } from "./support/mails";
import { changeSource, sourceOf, storedSource, subjectsOf } from "./support/sources";

let graph: FakeGraph;
let port = 0;
beforeAll(async () => {
  const { url, stop } = await startGraph();
  // The settings of a process are read once: each test's server answers at this address.
  await stop();
  port = Number(new URL(url).port);
  process.env.GRAPH_URL = url;
  process.env.GRAPH_LOGIN_URL = url;
  await openTestDatabase();
});
beforeEach(async () => {
  graph = await startGraph(port);
});
afterEach(() => graph.stop());
afterAll(closeTestDatabase);

const never = new AbortController().signal;
const check = (id: string) => checkMailbox(id, never, 60_000);
const make = (options: Partial<GraphOptions> = {}, clientSecret = "the-secret") =>
  sourceOf("graph", options, { clientSecret });
const fill = (...subjects: string[]) => {
  for (const subject of subjects) graph.add(subject, strangeMail(subject));
};

test("takes what is new, page by page, once, and asks for one token", async () => {
  graph.add("vzdump", vzdumpMail());
  fill("a", "b", "c", "d");
  const id = await make();
  expect(await check(id)).toEqual({ taken: 5, known: 0, left: 0, problem: null, isComplete: true });
  expect(await check(id)).toMatchObject({ taken: 0, known: 0 });
  fill("e");
  expect(await check(id)).toMatchObject({ taken: 1, known: 0 });
  expect((await subjectsOf(id)).slice(0, 5)).toEqual(["a", "b", "c", "d", "e"]);
  expect(graph.tokensGiven).toBe(1);
  expect(await storedSource(id)).toMatchObject({ mailCount: 6, error: null, succeededAt: expect.any(Date) });
  expect(graph.messages.every(({ isRead, folder }) => !isRead && folder === "f-inbox")).toBe(true);
});

test("a long mailbox is read in turns, and goes on where it stopped", async () => {
  fill("a", "b", "c", "d", "e");
  const id = await make();
  expect(await checkMailbox(id, never, 0)).toMatchObject({ taken: 2, isComplete: false });
  expect(await checkMailbox(id, never, 0)).toMatchObject({ taken: 2, isComplete: false });
  expect(await checkMailbox(id, never, 0)).toMatchObject({ taken: 1, isComplete: true });
});

test("moves what it took to a folder, which it makes when there is none", async () => {
  fill("a", "b", "c");
  const id = await make({ after: "move", moveTo: "Taken by the desk's reader" });
  expect(await check(id)).toMatchObject({ taken: 3, problem: null });
  expect(graph.inFolder("Inbox")).toEqual([]);
  expect(graph.inFolder("Taken by the desk's reader").sort()).toEqual(["a", "b", "c"]);
});

test("marks what it took as read; without the permission says so, and marks later", async () => {
  fill("a", "b", "c");
  const id = await make({ after: "read" });
  graph.refuses.add("PATCH");
  const problem = "Microsoft 365 does not let the app do this. It needs Mail.Read, and Mail.ReadWrite to move or mark.";
  expect(await check(id)).toMatchObject({ taken: 3, problem });
  expect(await storedSource(id)).toMatchObject({ error: problem, succeededAt: expect.any(Date), mailCount: 3 });
  graph.refuses.clear();
  expect(await check(id)).toMatchObject({ taken: 0, problem: null });
  expect(graph.messages.every(({ isRead }) => isRead)).toBe(true);
  expect((await storedSource(id)).error).toBeNull();
});

test("410: everything is asked for anew, and nothing is there twice", async () => {
  fill("a", "b", "c");
  const id = await make();
  await check(id);
  graph.validFrom = 100;
  fill("d");
  expect(await check(id)).toMatchObject({ taken: 1, known: 3 });
  graph.validFrom = 0;
  expect(await check(id)).toMatchObject({ taken: 0, known: 0 });
  expect(await subjectsOf(id)).toEqual(["a", "b", "c", "d"]);
});

test("429 and 503: a short wait is waited, a long one is told and kept to", async () => {
  fill("a");
  const id = await make();
  graph.next.push({ status: 429, headers: { "retry-after": "1" } }, { status: 503, headers: { "retry-after": "1" } });
  const startedAt = Date.now();
  expect(await check(id)).toMatchObject({ taken: 1 });
  expect(Date.now() - startedAt).toBeGreaterThan(1900);
  graph.next.push({ status: 429, headers: { "retry-after": "120" } });
  await expect(check(id)).rejects.toThrow("Microsoft 365 asks to wait 120 seconds.");
  expect(mustWait(await storedSource(id))).toBe(true);
  expect(mustWait({ id, version: 2 })).toBe(false);
});

test("an expired token is replaced once", async () => {
  fill("a");
  const id = await make();
  await check(id);
  graph.tokens.clear();
  fill("b");
  expect(await check(id)).toMatchObject({ taken: 1 });
  expect(graph.tokensGiven).toBe(2);
});

test.each([
  ["a wrong secret", {}, "wrong", "Microsoft 365 refused the credentials (invalid_client)."],
  ["another mailbox", { mailbox: "nobody@acme.example" }, "the-secret", "Microsoft 365 has no such mailbox or folder."],
  ["a folder that is not there", { folder: "Nowhere" }, "the-secret", "There is no folder “Nowhere” in the mailbox."],
])("%s is told in words", async (_name, options, secret, words) => {
  const id = await make(options, secret);
  await expect(check(id)).rejects.toThrow(words);
  expect(await storedSource(id)).toMatchObject({ error: words, failedAt: expect.any(Date) });
});

test.each([
  [401, "Microsoft 365 does not accept the access token. Is the client secret still good?"],
  [403, "Microsoft 365 does not let the app do this. It needs Mail.Read, and Mail.ReadWrite to move or mark."],
  [400, "Microsoft 365 answers with an error (400)."],
])("%i is told in words", async (status, words) => {
  graph.always.set("/v1.0/", { status });
  await expect(check(await make())).rejects.toThrow(words);
});

test("a token that is refused on and on is asked for twice, not for ever", async () => {
  graph.always.set("/v1.0/", { status: 401 });
  await expect(check(await make())).rejects.toThrow();
  expect(graph.tokensGiven).toBe(2);
});

test("what is too large stays and is told; what cannot be handed out is left after three tries", async () => {
  fill("a");
  graph.add("huge", Buffer.alloc(26 * 1024 * 1024, "a"));
  fill("broken", "behind");
  const broken = graph.messages[2]?.id ?? "";
  graph.always.set(`/messages/${encodeURIComponent(broken)}/`, { status: 500 });
  const id = await make({ after: "move", moveTo: "Taken" });
  for (const _ of [1, 2]) await expect(check(id)).rejects.toThrow("Microsoft 365 answers with an error (500).");
  expect(await check(id)).toMatchObject({ problem: null });
  expect(await subjectsOf(id)).toEqual(["a", "behind"]);
  expect(graph.inFolder("Inbox")).toEqual(["huge", "broken"]);
  const { left } = (await storedSource(id)).position as GraphPosition;
  expect(left.map(({ subject }) => subject)).toEqual(["broken", "huge"]);
});

test("a link to somewhere else is not followed: the token stays with Microsoft", async () => {
  fill("a");
  const id = await make();
  await check(id);
  const { position } = await storedSource(id);
  await changeSource(id, {
    position: { ...(position as GraphPosition), link: "http://127.0.0.1:1/v1.0/steal" },
    version: 1,
  });
  await expect(check(id)).rejects.toThrow("Microsoft 365 named a foreign address.");
});

test("an answer that is none is told in words, and an abort ends it", async () => {
  const id = await make();
  graph.always.set("/v1.0/", { status: 200, body: { hello: "you" } });
  await expect(check(id)).rejects.toThrow("The server answered something unexpected.");
  const stop = new AbortController();
  graph.always.set("/v1.0/", { status: 429, headers: { "retry-after": "9" } });
  setTimeout(() => stop.abort(new Error("stopping")), 200);
  const startedAt = Date.now();
  await expect(checkMailbox(id, stop.signal, 60_000)).rejects.toThrow();
  expect(Date.now() - startedAt).toBeLessThan(2000);
});
