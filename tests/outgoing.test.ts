import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { asc, eq, sql } from "drizzle-orm";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { enqueueMail, enqueueWebhook } from "@/lib/outgoing/enqueue";
import { delayAfter, MOST_ATTEMPTS } from "@/lib/outgoing/rules";
import { sendDeliveries } from "@/lib/outgoing/send-deliveries";
import { sealSecret } from "@/lib/outgoing/stored";
import type { MailToSend } from "@/lib/outgoing/types";
import { makeCertificate } from "./support/certificate";
import { closeTestDatabase, openTestDatabase } from "./support/database";

const never = new AbortController().signal;
const { cert, key } = makeCertificate();
const servers: SMTPServer[] = [];
let got: string[] = [];

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);
beforeEach(async () => {
  got = [];
  await transaction((tx) => tx.delete(deliveries).then(() => {}));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(done));
});

const settings = (values: Partial<typeof outgoing.$inferInsert>) =>
  transaction((tx) => tx.update(outgoing).set({ fromAddress: "desk@example.org", ...values }));
const mail = (change: Partial<MailToSend> = {}): MailToSend & { about: string } => ({
  to: ["oto@example.org"],
  subject: "Nightly failed",
  text: "Disk full.",
  about: "Ticket T-1001",
  ...change,
});
const enqueue = (change?: Partial<MailToSend>) => transaction((tx) => enqueueMail(tx, mail(change)));
const rows = () => db().select().from(deliveries).orderBy(asc(deliveries.id));
const makeDue = () => transaction((tx) => tx.update(deliveries).set({ nextAttemptAt: sql`now()` }));

/** A mail server on loopback to which the account sends from now on. */
async function mailServer(options: SMTPServerOptions = {}, security: "none" | "starttls" | "tls" = "none") {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: security === "none" ? ["STARTTLS"] : [],
    secure: security === "tls",
    cert,
    key,
    logger: false,
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        got.push(Buffer.concat(parts).toString());
        done();
      });
    },
    ...options,
  });
  servers.push(server);
  server.on("error", () => {});
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.server.address() as AddressInfo;
  await settings({ smtpHost: "localhost", smtpPort: port, smtpSecurity: security, smtpUser: "", smtpPassword: "" });
}

/** For this test the certificate of the mail server counts as one that everybody trusts. */
function trustIt(): void {
  const create = tls.createSecureContext;
  vi.spyOn(tls, "createSecureContext").mockImplementation((options) => create({ ...options, ca: cert }));
}

test("nothing is written while the account does not say how to send", async () => {
  await settings({ smtpHost: "", webhookUrl: "" });
  expect(await enqueue()).toBe(false);
  expect(await transaction((tx) => enqueueWebhook(tx, { event: "test", body: {}, about: "Test" }))).toBe(false);
  await settings({ smtpHost: "localhost" });
  expect(await enqueue({ to: [] })).toBe(false);
  expect(await rows()).toEqual([]);
});

test("what is undone is not sent", async () => {
  await mailServer();
  await expect(
    transaction(async (tx) => {
      await enqueueMail(tx, mail());
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  await sendDeliveries(never);
  expect(got).toEqual([]);
});

test("a mail arrives as it was written, once, with its attachment", async () => {
  await mailServer();
  const attachment = {
    name: "report.pdf",
    contentType: "application/pdf",
    base64: Buffer.from("%PDF").toString("base64"),
  };
  await enqueue({
    to: ["oto@example.org", "rea@example.org"],
    text: "Grüße",
    html: "<p>Grüße</p>",
    attachments: [attachment],
  });
  await Promise.all([sendDeliveries(never), sendDeliveries(never)]);
  await sendDeliveries(never);
  expect(got).toHaveLength(1);
  const read = await simpleParser(got[0] ?? "");
  const [row] = await rows();
  expect(read).toMatchObject({ subject: "Nightly failed", text: "Grüße", messageId: `<${row?.id}@example.org>` });
  expect([read.to].flat()[0]?.value.map(({ address }) => address)).toEqual(["oto@example.org", "rea@example.org"]);
  expect(read.headers.get("auto-submitted")).toBe("auto-generated");
  expect(read.attachments[0]?.content.toString()).toBe("%PDF");
  expect(row).toMatchObject({ attempts: 1, error: null, sentAt: expect.any(Date) });
  expect(row?.content).not.toHaveProperty("attachments");
});

test("no line of a head, and no second recipient, comes from a subject or an address", async () => {
  await mailServer();
  await enqueue({ subject: "Failed\r\nBcc: eve@example.org\r\n\r\nBody" });
  await enqueue({ to: ["oto@example.org, eve@example.org"] });
  await sendDeliveries(never);
  const heads = got.map((one) => one.split("\r\n\r\n")[0] ?? "");
  expect(heads[0]).toMatch(/^Subject: Failed Bcc: eve@example.org Body\r?$/m);
  expect(heads.join("\n")).not.toMatch(/^Bcc:/m);
  expect(heads.join("\n")).not.toMatch(/^To:.*oto@example\.org, eve@example\.org/m);
});

test("a mail server that says later gets it later, and then once, under the same Message-ID", async () => {
  let busy = true;
  const ids: string[] = [];
  await mailServer({
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        ids.push(/^Message-ID: (.+)$/im.exec(Buffer.concat(parts).toString())?.[1]?.trim() ?? "");
        done(busy ? Object.assign(new Error("Greylisted, come back later"), { responseCode: 451 }) : null);
      });
    },
  });
  await enqueue();
  await sendDeliveries(never);
  const [waiting] = await rows();
  expect(waiting).toMatchObject({ attempts: 1, sentAt: null, failedAt: null });
  expect(waiting?.error).toContain("Greylisted, come back later");
  const seconds = ((waiting?.nextAttemptAt.getTime() ?? 0) - Date.now()) / 1000;
  expect(Math.round(seconds)).toBeGreaterThanOrEqual(50);
  expect(Math.round(seconds)).toBeLessThanOrEqual(60);
  await sendDeliveries(never);
  expect(ids).toHaveLength(1);
  busy = false;
  await makeDue();
  await sendDeliveries(never);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  expect((await rows())[0]).toMatchObject({ attempts: 2, sentAt: expect.any(Date), error: null });
});

test("TLS from the first byte, and after STARTTLS, with a certificate that is trusted; no mail goes to another", async () => {
  for (const security of ["tls", "starttls"] as const) {
    await mailServer({}, security);
    await enqueue();
    await sendDeliveries(never);
    expect((await rows())[0]?.error).toContain("certificate is not trusted");
    expect(got).toEqual([]);
    trustIt();
    await makeDue();
    await sendDeliveries(never);
    expect(got).toHaveLength(1);
    got = [];
    vi.restoreAllMocks();
    await transaction((tx) => tx.delete(deliveries).then(() => {}));
  }
});

test("where STARTTLS is asked for and not offered, nothing is sent in the clear", async () => {
  await mailServer();
  await settings({ smtpSecurity: "starttls" });
  await enqueue();
  await sendDeliveries(never);
  expect(got).toEqual([]);
  expect((await rows())[0]?.error).toContain("no encrypted connection");
});

test("a refused login is told in the server's words, never with the password", async () => {
  await mailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      done(username === "desk" && password === "right-one" ? null : new Error("Bad credentials"), { user: "desk" }),
  });
  await settings({ smtpUser: "desk", smtpPassword: sealSecret("smtpPassword", "wrong-one") });
  await enqueue();
  await sendDeliveries(never);
  const [refused] = await rows();
  expect(refused?.error).toMatch(/refused the user or the password.*Bad credentials/);
  expect(refused?.error).not.toContain("wrong-one");
  await settings({ smtpPassword: sealSecret("smtpPassword", "right-one") });
  await makeDue();
  await sendDeliveries(never);
  expect(got).toHaveLength(1);
});

test("a recipient that is refused does not keep the mail from the others, and is named", async () => {
  await mailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith("gone") ? Object.assign(new Error("No such user"), { responseCode: 550 }) : null),
  });
  await enqueue({ to: ["oto@example.org", "gone@example.org"] });
  await sendDeliveries(never);
  expect(got).toHaveLength(1);
  expect((await rows())[0]).toMatchObject({ sentAt: expect.any(Date), error: "Not taken for gone@example.org." });
});

test("a server that is not there is tried for about a day, then given up, which the audit log says", async () => {
  await settings({ smtpHost: "localhost", smtpPort: 9, smtpSecurity: "none" });
  await enqueue();
  await transaction((tx) => tx.update(deliveries).set({ attempts: MOST_ATTEMPTS - 2 }));
  await sendDeliveries(never);
  expect((await rows())[0]).toMatchObject({ attempts: MOST_ATTEMPTS - 1, failedAt: null });
  await makeDue();
  await sendDeliveries(never);
  const [row] = await rows();
  expect(row).toMatchObject({ attempts: MOST_ATTEMPTS, failedAt: expect.any(Date), sentAt: null });
  const told = await db().select().from(auditEntries).where(eq(auditEntries.action, "delivery.give_up"));
  expect(told).toMatchObject([{ actor: "system", target: "Ticket T-1001", targetId: row?.id, outcome: "done" }]);
  await makeDue();
  await sendDeliveries(never);
  expect((await rows())[0]?.attempts).toBe(MOST_ATTEMPTS);
  const whole = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, n) => delayAfter(n + 1)).reduce(
    (sum, one) => sum + one,
    0,
  );
  expect(Math.round(whole / 3600)).toBe(23);
});

test("a task that is told to stop takes nothing more", async () => {
  await mailServer();
  await enqueue();
  await sendDeliveries(AbortSignal.abort());
  expect((await rows())[0]).toMatchObject({ attempts: 0, sentAt: null });
});
