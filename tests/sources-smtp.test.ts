import { connect, createServer, type Socket } from "node:net";
import { createTransport, type Transporter } from "nodemailer";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db, replaceDatabase, transaction } from "@/lib/db";
import { mailSources } from "@/lib/db/schema/sources";
import { allowing, readNetwork } from "@/lib/sources/addresses";
import { startListeners, stopListeners } from "@/lib/sources/listeners";
import { newRecipient } from "@/lib/sources/recipient";
import type { SmtpOptions } from "@/lib/sources/types";
import { makeCertificate } from "./support/certificate";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { freePort } from "./support/free-port";
import { mailOf, strangeMail, vzdumpMail } from "./support/mails";
import { changeSource, eventually, sourceOf, storedSource, subjectsOf } from "./support/sources";

const recipient = newRecipient();
const to = `backup+${recipient}@desk.example`;
const certificate = makeCertificate();

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);
afterEach(async () => {
  await stopListeners();
  await transaction((tx) => tx.delete(mailSources));
});

async function listening(options: Partial<SmtpOptions> = {}): Promise<{ id: string; port: number }> {
  const port = await freePort();
  const keys = { privateKey: certificate.key, certificate: certificate.cert };
  const id = await sourceOf("smtp", { port, ...options }, { recipient, ...keys });
  startListeners();
  await eventually(async () => Boolean((await storedSource(id)).succeededAt));
  return { id, port };
}

const client = (port: number, more = {}): Transporter =>
  createTransport({ host: "127.0.0.1", port, ignoreTLS: true, ...more });
const send = (port: number, raw: Buffer, more: { to?: string } = {}) =>
  client(port).sendMail({ envelope: { from: "root@acme.example", to: more.to ?? to }, raw });
const codeOf = (sent: Promise<unknown>): Promise<number | undefined> =>
  sent.then(
    () => 250,
    (error: { responseCode?: number }) => error.responseCode,
  );

/** Speaks by hand. @returns what was answered so far, and the socket. */
function speak(port: number): { socket: Socket; heard: () => string; hears: (text: string) => Promise<void> } {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  let said = "";
  socket.on("data", (chunk) => {
    said += chunk;
  });
  return { socket, heard: () => said, hears: (text) => eventually(() => said.includes(text)) };
}

test("a mail is taken, and stored before 250 is said", async () => {
  const { id, port } = await listening();
  const { response } = await send(port, vzdumpMail());
  const mailId = /Kept as (\S+)/.exec(String(response))?.[1] ?? "";
  expect(await mailOf(mailId)).toMatchObject({ source: "smtp", channelId: id, senderCheck: "passed" });
  expect(await storedSource(id)).toMatchObject({ mailCount: 1, lastMailAt: expect.any(Date), error: null });
});

test("the same mail twice is one mail; two that have neither date nor id are two", async () => {
  const { id, port } = await listening();
  const known = strangeMail("known");
  await send(port, known);
  await send(port, known);
  const bare = Buffer.from("From: sh@acme.example\r\nSubject: bare\r\n\r\nBackup OK\r\n");
  await send(port, bare);
  await send(port, bare);
  expect(await subjectsOf(id)).toEqual(["bare", "bare", "known"]);
});

test.each([
  ["without the secret", "backup@desk.example"],
  ["with another one", `backup+${newRecipient()}@desk.example`],
  ["with the secret elsewhere", `x@${recipient}.example`],
])("a recipient %s is refused with 550", async (_name, wrong) => {
  const { id, port } = await listening();
  expect(await codeOf(send(port, strangeMail(), { to: wrong }))).toBe(550);
  expect(await subjectsOf(id)).toEqual([]);
});

test("a listener without a secret takes nothing", async () => {
  const { port, id } = await listening();
  const other = await sourceOf("smtp", { port: await freePort() }, {});
  const options = (await storedSource(other)).options as SmtpOptions;
  await eventually(async () => Boolean((await storedSource(other)).succeededAt));
  for (const wrong of ["+@desk.example", "a+@desk.example", to])
    expect(await codeOf(send(options.port, strangeMail(), { to: wrong })), wrong).not.toBe(250);
  expect([port > 0, await subjectsOf(id)]).toEqual([true, []]);
});

test("an address that is not allowed is refused at the door", async () => {
  const { port } = await listening({ allowed: ["10.0.0.0/8"] });
  const { hears, heard } = speak(port);
  await hears("554 ");
  expect(heard()).not.toContain("250");
});

test("a greeting that tells no version, and no sign-in", async () => {
  const { port } = await listening();
  const { socket, hears, heard } = speak(port);
  await hears("220 ");
  socket.write("EHLO me\r\n");
  await hears("250 ");
  expect(heard()).toMatch(/^220 backupchecks ESMTP\s*\r\n/);
  expect(heard().replace("[127.0.0.1]", "")).not.toMatch(/AUTH|STARTTLS|\d\.\d/);
  socket.write("AUTH PLAIN AAAA\r\n");
  await hears("\r\n50");
  socket.destroy();
});

test("a mail that is too large is refused with 552, announced or not", async () => {
  const { id, port } = await listening();
  const large = Buffer.concat([strangeMail("large"), Buffer.alloc(26 * 1024 * 1024, "abcdefg\r\n")]);
  expect(await codeOf(send(port, large))).toBe(552);
  const { socket, hears } = speak(port);
  await hears("220 ");
  socket.write(`EHLO me\r\nMAIL FROM:<a@acme.example> SIZE=${27 * 1024 * 1024}\r\n`);
  await hears("552 ");
  socket.destroy();
  expect(await codeOf(send(port, strangeMail("next")))).toBe(250);
  expect(await subjectsOf(id)).toEqual(["next"]);
}, 30_000);

test("the database is away: 451, and taken when it is back", async () => {
  const { port } = await listening();
  const real = db();
  replaceDatabase({
    db: new Proxy({} as typeof real, {
      get: () => () => {
        throw Object.assign(new Error("away"), { code: "ECONNREFUSED" });
      },
    }),
    close: async () => {},
  });
  const code = await codeOf(send(port, strangeMail("later")));
  replaceDatabase({ db: real, close: async () => {} });
  expect(code).toBe(451);
  expect(await codeOf(send(port, strangeMail("later")))).toBe(250);
});

test("fifty at once are all taken", async () => {
  const { id, port } = await listening();
  const codes = await Promise.all(Array.from({ length: 50 }, (_, i) => codeOf(send(port, strangeMail(`many ${i}`)))));
  expect(new Set(codes)).toEqual(new Set([250]));
  expect((await subjectsOf(id)).length).toBe(50);
}, 30_000);

test("who breaks off leaves nothing, and who dawdles keeps nobody waiting", async () => {
  const { id, port } = await listening();
  const begun = `EHLO me\r\nMAIL FROM:<a@acme.example>\r\nRCPT TO:<${to}>\r\nDATA\r\n`;
  const slow = Array.from({ length: 30 }, () => speak(port));
  for (const { socket, hears } of slow) {
    await hears("220 ");
    socket.write(begun);
    await hears("354 ");
    socket.write("Subject: half\r\n\r\nhal");
  }
  expect(await codeOf(send(port, strangeMail("quick")))).toBe(250);
  for (const { socket } of slow) socket.destroy();
  expect(await codeOf(send(port, strangeMail("quick too")))).toBe(250);
  expect(await subjectsOf(id)).toEqual(["quick", "quick too"]);
});

test("it follows its row: another port, disabled, gone, and it stops within two seconds with clients hanging on it", async () => {
  const { id, port } = await listening();
  const hanging = speak(port);
  await hanging.hears("220 ");
  const next = await freePort();
  const { options } = await storedSource(id);
  await changeSource(id, { options: { ...(options as object), port: next }, succeededAt: null });
  await eventually(async () => (await codeOf(send(next, strangeMail("moved")))) === 250);
  expect(await codeOf(send(port, strangeMail()))).toBeUndefined();
  await changeSource(id, { disabledAt: new Date() });
  await eventually(async () => (await codeOf(send(next, strangeMail()))) === undefined);
  await changeSource(id, { disabledAt: null, succeededAt: null });
  await eventually(async () => (await codeOf(send(next, strangeMail("again")))) === 250);
  const clients = [speak(next), speak(next)];
  await Promise.all(clients.map(({ hears }) => hears("220 ")));
  const startedAt = Date.now();
  await stopListeners();
  expect(Date.now() - startedAt).toBeLessThan(2000);
  expect(await codeOf(send(next, strangeMail()))).toBeUndefined();
}, 40_000);

test("a port that is in use is told in words, and taken when it is free", async () => {
  const other = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  const id = await sourceOf("smtp", { port }, { recipient });
  startListeners();
  await eventually(async () => (await storedSource(id)).error === "The port is in use by another program.");
  await new Promise((resolve) => other.close(resolve));
  await eventually(async () => (await storedSource(id)).error === null);
  expect(await codeOf(send(port, strangeMail("free")))).toBe(250);
}, 30_000);

test("with a certificate: STARTTLS and TLS", async () => {
  const tls = { rejectUnauthorized: true, ca: certificate.cert, servername: "localhost" };
  const envelope = { from: "root@acme.example", to };
  const offered = await listening({ security: "starttls" });
  const first = client(offered.port, { ignoreTLS: false, requireTLS: true, tls });
  await first.sendMail({ envelope, raw: strangeMail("starttls") });
  await stopListeners();
  const whole = await listening({ security: "tls" });
  await client(whole.port, { ignoreTLS: false, secure: true, tls }).sendMail({ envelope, raw: strangeMail("tls") });
  expect([await subjectsOf(offered.id), await subjectsOf(whole.id)]).toEqual([["starttls"], ["tls"]]);
}, 30_000);

test("lists of allowed addresses", () => {
  expect(readNetwork("10.0.0.0/8")).toEqual({ address: "10.0.0.0", family: "ipv4", bits: 8 });
  expect(readNetwork(" ::1 ")).toEqual({ address: "::1", family: "ipv6", bits: 128 });
  for (const wrong of ["", "10.0.0.0/33", "10.0.0", "host", "::1/129", "10.0.0.1/8/8"])
    expect(readNetwork(wrong), wrong).toBeNull();
  const allowed = allowing(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]);
  for (const good of ["10.9.8.7", "192.0.2.7", "::ffff:10.1.1.1", "2001:db8::9"])
    expect(allowed(good), good).toBe(true);
  for (const bad of ["11.0.0.1", "192.0.2.8", "::ffff:11.1.1.1", "2001:db9::", "", "unknown"])
    expect(allowed(bad), bad).toBe(false);
  expect(allowing([])("127.0.0.1")).toBe(false);
});
