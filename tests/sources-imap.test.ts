import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { ImapFlow } from "imapflow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { mails } from "@/lib/db/schema/mails";
import { checkMailbox } from "@/lib/sources/check-mailbox";
import { readMailboxes } from "@/lib/sources/read-mailboxes";
import { openSecrets } from "@/lib/sources/stored";
import type { ImapPosition } from "@/lib/sources/types";
import { watchMailboxes } from "@/lib/sources/watch-mailboxes";
import { cutLine } from "./support/cut-line";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { type Dovecot, PASSWORD, startDovecot } from "./support/dovecot";
import { freePort } from "./support/free-port";
import { strangeMail, vzdumpMail } from "./support/mails";
import { changeSource, eventually, sourceOf, storedSource, subjectsOf } from "./support/sources";

const started = await startDovecot();
const never = new AbortController().signal;
const check = (id: string) => checkMailbox(id, never, 60_000);
const secrets = { password: PASSWORD };
const numbered = (count: number, word = "mail") =>
  Array.from({ length: count }, (_, i) => `${word} ${String(i).padStart(3, "0")}`);

describe.skipIf(!started)("a mailbox by IMAP", () => {
  const dovecot = started as Dovecot;
  let users = 0;
  const newUser = () => `user${++users}`;
  beforeAll(openTestDatabase);
  afterAll(async () => {
    await dovecot.stop();
    await closeTestDatabase();
  });

  async function asUser<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      host: "127.0.0.1",
      port: dovecot.plain,
      secure: false,
      doSTARTTLS: false,
      auth: { user, pass: PASSWORD },
      logger: false,
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }
  const put = (user: string, raws: Buffer[], folder = "INBOX") =>
    asUser(user, async (client) => {
      for (const raw of raws) await client.append(folder, raw);
    });
  const inFolder = (user: string, folder: string) =>
    asUser(user, async (client) => {
      if ((await client.mailboxOpen(folder)).exists === 0) return [];
      const found = await client.fetchAll("1:*", { envelope: true, flags: true });
      return found.map(({ envelope, flags }) => ({
        subject: envelope?.subject ?? "",
        isSeen: flags?.has("\\Seen") ?? false,
      }));
    });

  test("takes what is new, once, and leaves the mailbox as it was", async () => {
    const user = newUser();
    await put(user, [vzdumpMail(), strangeMail("one"), strangeMail("two")]);
    const id = await sourceOf("imap", { port: dovecot.plain, user }, secrets, "the desk's mailbox");
    expect(await check(id)).toEqual({ taken: 3, known: 0, left: 0, problem: null, isComplete: true });
    expect(await check(id)).toMatchObject({ taken: 0, known: 0 });
    await put(user, [strangeMail("three")]);
    expect(await check(id)).toMatchObject({ taken: 1, known: 0 });
    const [mail] = await db().select().from(mails).where(eq(mails.subject, "three"));
    expect(mail).toMatchObject({
      source: "imap",
      broughtBy: "the desk's mailbox",
      channelId: id,
      senderCheck: "unchecked",
    });
    expect(await storedSource(id)).toMatchObject({
      mailCount: 4,
      error: null,
      succeededAt: expect.any(Date),
      lastMailAt: expect.any(Date),
      version: 1,
    });
    expect((await inFolder(user, "INBOX")).every(({ isSeen }) => !isSeen)).toBe(true);
    expect((await inFolder(user, "INBOX")).length).toBe(4);
  });

  test("an empty mailbox is a success", async () => {
    const id = await sourceOf("imap", { port: dovecot.plain, user: newUser() }, secrets);
    expect(await check(id)).toMatchObject({ taken: 0, problem: null });
    expect(await storedSource(id)).toMatchObject({ error: null, succeededAt: expect.any(Date) });
  });

  test("moves what it took to a folder, which it makes when there is none", async () => {
    const user = newUser();
    await put(
      user,
      numbered(25).map((subject) => strangeMail(subject)),
    );
    const id = await sourceOf("imap", { port: dovecot.plain, user, after: "move", moveTo: "Taken" }, secrets);
    expect(await check(id)).toMatchObject({ taken: 25, problem: null });
    expect(await inFolder(user, "INBOX")).toEqual([]);
    expect((await inFolder(user, "Taken")).map(({ subject }) => subject).sort()).toEqual(numbered(25));
    expect(await subjectsOf(id)).toEqual(numbered(25));
  });

  test("marks what it took as read", async () => {
    const user = newUser();
    await put(user, [strangeMail("a"), strangeMail("b")]);
    const id = await sourceOf("imap", { port: dovecot.plain, user, after: "read" }, secrets);
    await check(id);
    expect((await inFolder(user, "INBOX")).map(({ isSeen }) => isSeen)).toEqual([true, true]);
  });

  test("a folder that cannot be moved to is told, mails are taken all the same, and moved once it works", async () => {
    const user = newUser();
    await put(
      user,
      numbered(25).map((subject) => strangeMail(subject)),
    );
    const id = await sourceOf("imap", { port: dovecot.plain, user, after: "move", moveTo: "no//such/folder" }, secrets);
    const problem = "The mails could not be moved to the folder “no//such/folder”.";
    expect(await check(id)).toMatchObject({ taken: 25, problem });
    expect(await storedSource(id)).toMatchObject({ error: problem, succeededAt: expect.any(Date) });
    const { options } = await storedSource(id);
    await changeSource(id, { options: { ...(options as object), moveTo: "Taken" } });
    expect(await check(id)).toMatchObject({ taken: 0, known: 0, problem: null });
    expect((await inFolder(user, "Taken")).length).toBe(25);
    expect(await storedSource(id)).toMatchObject({ error: null, mailCount: 25 });
  });

  test("a folder that was made anew is read from its beginning, and nothing of it twice", async () => {
    const user = newUser();
    const raws = numbered(5).map((subject) => strangeMail(subject));
    await asUser(user, (client) => client.mailboxCreate("Backup"));
    await put(user, raws, "Backup");
    const id = await sourceOf("imap", { port: dovecot.plain, user, folder: "Backup" }, secrets);
    await check(id);
    const before = (await storedSource(id)).position as ImapPosition;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await asUser(user, async (client) => {
      await client.mailboxDelete("Backup");
      await client.mailboxCreate("Backup");
    });
    await put(user, [...raws.slice(0, 2), strangeMail("new")], "Backup");
    expect(await check(id)).toMatchObject({ taken: 1, known: 2 });
    expect(((await storedSource(id)).position as ImapPosition).uidValidity).not.toBe(before.uidValidity);
    expect(await subjectsOf(id)).toEqual([...numbered(5), "new"]);
  });

  test("what is too large stays, is told, and does not stop what comes behind it", async () => {
    const user = newUser();
    const large = Buffer.concat([strangeMail("huge"), Buffer.alloc(26 * 1024 * 1024, "a\r\n")]);
    await put(user, [strangeMail("before"), large, strangeMail("behind")]);
    const id = await sourceOf("imap", { port: dovecot.plain, user, after: "move", moveTo: "Taken" }, secrets);
    expect(await check(id)).toMatchObject({ taken: 2, left: 1, problem: null });
    expect(await check(id)).toMatchObject({ taken: 0, left: 0 });
    expect((await inFolder(user, "INBOX")).map(({ subject }) => subject)).toEqual(["huge"]);
    const { left } = (await storedSource(id)).position as ImapPosition;
    expect(left).toMatchObject([{ subject: "huge" }]);
    const [noted] = await db().select().from(auditEntries).where(eq(auditEntries.target, "huge"));
    expect(noted).toMatchObject({
      action: "mail.receive",
      outcome: "refused",
      reason: expect.stringContaining("larger than 25 MB"),
    });
  });

  test("a message that is no message is kept as unreadable", async () => {
    const user = newUser();
    await put(user, [Buffer.from("\r\n\r\n\0\0nothing"), strangeMail("behind")]);
    const id = await sourceOf("imap", { port: dovecot.plain, user }, secrets);
    expect(await check(id)).toMatchObject({ taken: 2 });
  });

  test.each([
    ["a wrong password", {}, { password: "wrong" }, "The mailbox refused the password."],
    ["a folder that does not exist", { folder: "Nowhere" }, secrets, "There is no such folder in the mailbox."],
    [
      "no encryption where it is asked for",
      { security: "tls" as const },
      secrets,
      "The encryption failed. Is the port right, and the encryption?",
    ],
    [
      "a certificate that nobody knows",
      { security: "starttls" as const, host: "localhost" },
      secrets,
      "The certificate of the server is not trusted, or not made for this name.",
    ],
  ])("%s is told in words", async (_name, options, given, words) => {
    const id = await sourceOf("imap", { port: dovecot.plain, user: newUser(), ...options }, given);
    await expect(check(id)).rejects.toThrow(words);
    expect(await storedSource(id)).toMatchObject({ error: words, failedAt: expect.any(Date), succeededAt: null });
  });

  test("a server that is not there is told in words", async () => {
    const id = await sourceOf("imap", { port: await freePort() }, secrets);
    await expect(check(id)).rejects.toThrow("The server refuses connections on this port.");
    const unknown = await sourceOf("imap", { host: "no-such-host.invalid" }, secrets);
    await expect(check(unknown)).rejects.toThrow(
      /^(There is no server of this name|The name of the server could not be looked up)\.$/,
    );
  });

  test("secrets that were sealed with another key are told in words", async () => {
    const id = await sourceOf("imap", { port: dovecot.plain });
    await changeSource(id, { secrets: "1.AAAA" });
    await expect(check(id)).rejects.toThrow(
      "The stored secrets cannot be opened with this server's key. Enter them again.",
    );
  });

  test("TLS and STARTTLS with a certificate that is named", async () => {
    const trusting = { host: "localhost", authority: dovecot.certificate };
    for (const [security, port] of [
      ["tls", dovecot.tls],
      ["starttls", dovecot.plain],
    ] as const) {
      const user = newUser();
      await put(user, [strangeMail(security)]);
      const id = await sourceOf("imap", { ...trusting, security, port, user }, secrets);
      expect(await check(id), security).toMatchObject({ taken: 1 });
    }
  });

  test("with OAuth: a refresh token, which is replaced, or the client's own credentials", async () => {
    const asked: Record<string, string>[] = [];
    const service = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const form = Object.fromEntries(new URLSearchParams(body));
      asked.push(form);
      const isRight = form.client_secret === "shh";
      response.writeHead(isRight ? 200 : 400, { "content-type": "application/json", connection: "close" });
      // The server of the tests takes its password for an access token.
      const tokens = { access_token: PASSWORD, expires_in: 3600, refresh_token: form.refresh_token && "next-token" };
      response.end(JSON.stringify(isRight ? tokens : { error: "invalid_client", error_description: "canary" }));
    });
    await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
    const tokenUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}/token`;
    const user = newUser();
    await put(user, [strangeMail("by token")]);
    const options = { port: dovecot.plain, user, signIn: "oauth" as const, tokenUrl, clientId: "desk", scope: "imap" };
    const id = await sourceOf("imap", options, { clientSecret: "shh", refreshToken: "first-token" });
    expect(await check(id)).toMatchObject({ taken: 1 });
    await check(id);
    expect(asked).toEqual([
      {
        grant_type: "refresh_token",
        refresh_token: "first-token",
        client_id: "desk",
        client_secret: "shh",
        scope: "imap",
      },
    ]);
    expect(openSecrets(await storedSource(id))).toEqual({ clientSecret: "shh", refreshToken: "next-token" });
    const own = await sourceOf("imap", options, { clientSecret: "shh" });
    expect(await check(own)).toMatchObject({ known: 1 });
    expect(asked[1]).toMatchObject({ grant_type: "client_credentials" });
    const wrong = await sourceOf("imap", options, { clientSecret: "no" });
    const words = "The sign-in service of the mailbox refused the credentials (invalid_client).";
    await expect(check(wrong)).rejects.toThrow(words);
    expect(await storedSource(wrong)).toMatchObject({ error: words });
    await new Promise((resolve) => service.close(resolve));
  });

  test("a connection that breaks in the middle loses nothing and brings nothing twice", async () => {
    const user = newUser();
    await put(
      user,
      numbered(60).map((subject) => Buffer.concat([strangeMail(subject), Buffer.alloc(4000, "x")])),
    );
    const line = await cutLine(dovecot.plain);
    const id = await sourceOf("imap", { port: line.port, user, after: "move", moveTo: "Taken" }, secrets);
    for (const bytes of [60_000, 100_000, 7_000, 130_000]) {
      line.cutAfter(bytes);
      await expect(check(id)).rejects.toThrow(/ended the connection/);
    }
    line.cutAfter(Number.POSITIVE_INFINITY);
    expect(await check(id)).toMatchObject({ problem: null });
    await line.stop();
    expect(await subjectsOf(id)).toEqual(numbered(60));
    expect(await inFolder(user, "INBOX")).toEqual([]);
    expect((await inFolder(user, "Taken")).length).toBe(60);
    expect(await storedSource(id)).toMatchObject({ mailCount: 60, error: null });
  });

  test("two that read at the same moment bring nothing twice", async () => {
    const user = newUser();
    await put(
      user,
      numbered(10).map((subject) => strangeMail(subject)),
    );
    const ids = [
      await sourceOf("imap", { port: dovecot.plain, user }, secrets),
      await sourceOf("imap", { port: dovecot.plain, user }, secrets),
    ];
    const outcomes = await Promise.all(ids.map(check));
    expect(outcomes.reduce((sum, { taken }) => sum + taken, 0)).toBe(10);
  });

  test("a long mailbox is read in turns", async () => {
    const user = newUser();
    await put(
      user,
      numbered(45).map((subject) => strangeMail(subject)),
    );
    const id = await sourceOf("imap", { port: dovecot.plain, user }, secrets);
    expect(await checkMailbox(id, never, 0)).toMatchObject({ taken: 20, isComplete: false });
    expect(await checkMailbox(id, never, 0)).toMatchObject({ taken: 20, isComplete: false });
    expect(await checkMailbox(id, never, 0)).toMatchObject({ taken: 5, isComplete: true });
  });

  test("one that fails stops no other, and one that refused the password is left alone until it is changed", async () => {
    const [bad, good] = [newUser(), newUser()];
    await put(good, [strangeMail("good")]);
    await put(bad, [strangeMail("bad")]);
    const ids = {
      bad: await sourceOf("imap", { port: dovecot.plain, user: bad }, { password: "wrong" }, "a bad one"),
      good: await sourceOf("imap", { port: dovecot.plain, user: good }, secrets, "the good one"),
    };
    await readMailboxes(never);
    expect(await subjectsOf(ids.good)).toEqual(["good"]);
    const failedAt = (await storedSource(ids.bad)).failedAt;
    await readMailboxes(never);
    expect((await storedSource(ids.bad)).failedAt).toEqual(failedAt);
    const other = await sourceOf("imap", {}, secrets);
    await changeSource(ids.bad, { secrets: (await storedSource(other)).secrets });
    await readMailboxes(never);
    expect((await storedSource(ids.bad)).error, "sealed for another source").toMatch(/cannot be opened/);
  });

  test("an abort ends a check at once", async () => {
    const user = newUser();
    await put(
      user,
      numbered(30).map((subject) => strangeMail(subject)),
    );
    const id = await sourceOf("imap", { port: dovecot.plain, user }, secrets);
    const stop = new AbortController();
    const reading = checkMailbox(id, stop.signal, 60_000);
    setTimeout(() => stop.abort(new Error("stopping")), 60);
    const startedAt = Date.now();
    await expect(reading).rejects.toThrow("stopping");
    expect(Date.now() - startedAt).toBeLessThan(2000);
    expect((await storedSource(id)).error, "stopping is no fault of the mailbox").toBeNull();
  });

  test("news wake the reader within seconds, also when the server was away, and it stops at once", async () => {
    const user = newUser();
    await put(user, [strangeMail("first")]);
    const id = await sourceOf("imap", { port: dovecot.plain, user }, secrets);
    const stop = new AbortController();
    const watching = watchMailboxes(stop.signal);
    await eventually(async () => (await subjectsOf(id)).includes("first"));
    await put(user, [strangeMail("second")]);
    await eventually(async () => (await subjectsOf(id)).includes("second"), 3000);
    await put(user, [strangeMail("third"), strangeMail("fourth")]);
    await eventually(async () => (await subjectsOf(id)).length === 4, 3000);
    await dovecot.halt();
    await dovecot.restart();
    await put(user, [strangeMail("while nobody looked")]);
    await eventually(async () => (await subjectsOf(id)).length === 5, 15_000);
    const startedAt = Date.now();
    stop.abort(new Error("stopping"));
    await watching;
    expect(Date.now() - startedAt).toBeLessThan(2000);
  }, 40_000);
});
