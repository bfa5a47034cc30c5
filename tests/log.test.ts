import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { hashPassword } from "@/lib/auth/passwords";
import { signInWith } from "@/lib/auth/sign-in";
import { db, transaction } from "@/lib/db";
import { users } from "@/lib/db/schema/access";
import { mailSources } from "@/lib/db/schema/sources";
import { tasks } from "@/lib/db/schema/tasks";
import { accident, log, messageOf, noteRequestError } from "@/lib/log";
import { storeMail } from "@/lib/mails/store";
import { seal } from "@/lib/secrets";
import { runTask } from "@/lib/tasks/run-task";
import { closeTestDatabase, openTestDatabase } from "./support/database";

const canary = "canary-7f3a9c";
let printed = "";

beforeAll(async () => {
  await openTestDatabase();
  const write = (chunk: unknown) => {
    printed += String(chunk);
    return true;
  };
  // pino writes by the number of the stream, so its own is replaced; everything else goes through the process's.
  vi.spyOn(Object(log)[pino.symbols.streamSym], "write").mockImplementation(write);
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
});
beforeEach(() => {
  printed = "";
});
afterAll(async () => {
  vi.restoreAllMocks();
  await closeTestDatabase();
});

const failing = async (work: () => Promise<unknown>): Promise<Error> => {
  const error = await work().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error("It did not fail.");
  return error;
};

test("a field that carries a secret is struck out, at the top and below", () => {
  log.info({
    password: canary,
    request: { headers: { cookie: canary, authorization: canary } },
    source: { secrets: canary },
  });
  log.warn({ options: { pass: canary }, key: canary, host: "mail.example.org" });
  expect(printed).toContain("mail.example.org");
  expect(printed).not.toContain(canary);
});

test("an error of a client that hangs its options on it is told without them", () => {
  const options = { auth: { user: "desk", pass: canary }, headers: { cookie: canary } };
  const error = Object.assign(new Error("Sign-in to the mailbox failed."), {
    options,
    response: canary,
    code: "EAUTH",
  });
  accident(new Error("Checking failed.", { cause: error }), "source.check");
  expect(printed).toContain("Sign-in to the mailbox failed.");
  expect(printed).toContain("EAUTH");
  expect(printed).not.toContain(canary);
});

test("a statement that fails is told without its values, by the log and by whoever prints the error itself", async () => {
  const values = { username: `x${canary}`, passwordHash: canary };
  await transaction((tx) => tx.insert(users).values(values));
  const error = await failing(() => transaction((tx) => tx.insert(users).values(values)));
  noteRequestError(error);
  printed += inspect(error, { depth: 9 });
  expect(printed).toContain("insert into");
  expect(printed).toContain("users_username");
  const told = printed.replaceAll(`(lower(username))=(x${canary})`, "");
  expect(told).not.toContain(canary);
  expect(error.message).not.toContain(canary);
});

test("a task that fails says so in one line, and its row tells why without values", async () => {
  const run = async () => {
    await db().execute(sql`select ${canary.repeat(2)}::uuid`);
  };
  expect(await runTask({ name: "canary", everySeconds: 60, run }, new AbortController().signal)).toBe("failed");
  const lines = printed.split("\n").filter((line) => line.includes("a task failed"));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ task: "canary", level: 50 });
  const [row] = await db().select().from(tasks);
  expect(row?.error).toMatch(/^invalid input syntax for type uuid/);
  expect(printed + row?.error).not.toContain(canary.repeat(2));
});

test("signing in, hashing, storing a mail and sealing a secret print nothing of what they were given", async () => {
  await signInWith({ username: canary, password: canary, address: "192.0.2.1", agent: canary });
  await hashPassword(canary);
  const raw = Buffer.from(`From: a@example.org\r\nSubject: ${canary}\r\n\r\n${canary}\r\n`);
  const actor = { id: null, name: canary, role: "", address: "" };
  await storeMail({ raw, source: "upload", broughtBy: canary, actor });
  const secrets = seal(canary, "test");
  const source = { kind: "imap", name: canary, options: {}, secrets, createdBy: canary } as const;
  const twice = failing(() => transaction((tx) => tx.insert(mailSources).values([source, source])));
  noteRequestError(await twice);
  expect(printed).toContain("mail_sources_name");
  expect(printed).not.toContain(secrets);
  expect(printed.replaceAll(`(lower(name))=(${canary})`, "")).not.toContain(canary);
});

test("words for people are the reason, not the statement", () => {
  const reason = new Error("the connection was refused");
  const failed = Object.assign(new Error("Failed query: select 1"), { query: "select 1", cause: reason });
  expect(messageOf(failed)).toBe("the connection was refused");
  expect(messageOf("text")).toBe("unknown");
});
