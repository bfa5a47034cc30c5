import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { intakeKeys } from "@/lib/db/schema/intake-keys";
import { mails } from "@/lib/db/schema/mails";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { mailSources } from "@/lib/db/schema/sources";
import * as actions from "@/lib/sources/actions";
import { listSources } from "@/lib/sources/queries";
import { stateOf } from "@/lib/sources/rules";
import { silentChannels } from "@/lib/sources/silent-channels";
import { openSecrets } from "@/lib/sources/stored";
import type { ImapOptions } from "@/lib/sources/types";
import { watchSources } from "@/lib/sources/watch-sources";
import { actAs, Interrupt, type Person, person, request, submit } from "./support/acting";
import { makeCertificate } from "./support/certificate";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { freePort } from "./support/free-port";
import { sourceOf, storedSource } from "./support/sources";

let ada: Person;
let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  request.reset();
  [ada, oto] = [await person("ada", "Admin"), await person("oto", "Operator")];
});
afterAll(closeTestDatabase);
beforeEach(() =>
  transaction(async (tx) => {
    await tx.delete(mailSources);
    await tx.delete(mails);
    await tx.delete(intakeKeys);
  }),
);

const PASSWORD = "canary-password-of-the-mailbox";
const imap = {
  kind: "imap",
  name: "Desk",
  host: "imap.acme.example",
  port: "993",
  security: "tls",
  user: "desk",
  sign_in: "password",
  password: PASSWORD,
  folder: "INBOX",
  after: "nothing",
};
const only = async () => {
  const [row] = await db().select().from(mailSources);
  if (!row) throw new Error("There is no source.");
  return row;
};
const without = (values: Record<string, string>, ...names: string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

test("a mailbox is added; its password is sealed, told to nobody, and not in the audit log", async () => {
  expect(await submit(ada, actions.createSource, imap)).toMatchObject({
    status: "done",
    message: "The mail source Desk was added.",
  });
  const row = await only();
  expect(row).toMatchObject({
    kind: "imap",
    name: "Desk",
    createdBy: "ada",
    options: { host: "imap.acme.example", port: 993, needsRecipient: false },
  });
  expect(openSecrets(row)).toEqual({ password: PASSWORD });
  actAs(ada);
  const shown = JSON.stringify(await listSources());
  const log = JSON.stringify(await db().select().from(auditEntries).where(eq(auditEntries.targetId, row.id)));
  expect(log).toContain("source.create");
  for (const text of [shown, log, JSON.stringify(row)]) expect(text).not.toContain(PASSWORD);
  expect(await submit(ada, actions.createSource, { ...imap, name: "DESK" })).toMatchObject({
    errors: { name: "A mail source of this name exists." },
  });
});

test.each([
  ["no password", without(imap, "password"), "password", "Enter the password."],
  ["a port that is none", { ...imap, port: "70000" }, "port", "At most 65535."],
  ["no folder to move to", { ...imap, after: "move" }, "move_to", "Enter a folder."],
  [
    "moving to itself",
    { ...imap, after: "move", move_to: "inbox" },
    "move_to",
    "Choose another folder than the one that is read.",
  ],
  [
    "a token address without encryption",
    { ...imap, sign_in: "oauth", client_id: "c", token_url: "http://login.example" },
    "token_url",
    "Enter an address that begins with https://.",
  ],
  [
    "OAuth without a secret",
    { ...imap, sign_in: "oauth", client_id: "c", token_url: "https://login.example/t" },
    "client_secret",
    "Enter the client secret, or a refresh token.",
  ],
  [
    "Graph without a secret",
    { kind: "graph", name: "G", tenant: "t", client_id: "c", mailbox: "m@x.example", folder: "Inbox", after: "read" },
    "client_secret",
    "Enter the client secret.",
  ],
  [
    "a listener for nobody",
    { kind: "smtp", name: "L", port: "2525", security: "none", allowed: " " },
    "allowed",
    "Enter at least one address or network.",
  ],
  [
    "a listener for no addresses",
    { kind: "smtp", name: "L", port: "2525", security: "none", allowed: "10.0.0.0/8, hello" },
    "allowed",
    "Enter addresses such as 10.0.0.5 or networks such as 10.0.0.0/8.",
  ],
  [
    "TLS without a certificate",
    { kind: "smtp", name: "L", port: "2525", security: "tls", allowed: "::1" },
    "certificate",
    "Paste a certificate, or choose no encryption.",
  ],
  [
    "a key of another certificate",
    {
      kind: "smtp",
      name: "L",
      port: "2525",
      security: "tls",
      allowed: "::1",
      certificate: makeCertificate().cert,
      key_secret: makeCertificate().key,
    },
    "certificate",
    "Certificate and private key cannot be read, or do not belong together.",
  ],
  ["no kind", { name: "x" }, "kind", "Choose a kind."],
])("%s is said at the field", async (_name, values, field, sentence) => {
  const { errors, status } = await submit(ada, actions.createSource, values);
  expect([status, errors[field]]).toEqual(["invalid", sentence]);
  expect(await db().$count(mailSources)).toBe(0);
});

test("what was typed as a secret does not come back with an error", async () => {
  const { values } = await submit(ada, actions.createSource, {
    ...imap,
    port: "x",
    client_secret: "canary-1",
    refresh_secret: "canary-2",
    key_secret: "canary-3",
  });
  expect(JSON.stringify(values)).not.toMatch(/canary/);
});

test("an edit keeps the secret that was not typed, but sends it to no other server", async () => {
  await submit(ada, actions.createSource, imap);
  const { id } = await only();
  const edit = { ...without(imap, "password"), id, version: "1", name: "Desk 2" };
  expect(await submit(ada, actions.updateSource, edit)).toMatchObject({ status: "done" });
  expect(openSecrets(await only())).toEqual({ password: PASSWORD });
  const changes: Record<string, string>[] = [
    { host: "imap.evil.example" },
    { security: "none" },
    { authority: "-----BEGIN CERTIFICATE-----" },
  ];
  for (const change of changes) {
    const refused = await submit(ada, actions.updateSource, { ...edit, version: "2", ...change });
    expect(refused.errors.password, JSON.stringify(change)).toMatch(/^Enter the password\. The server was changed/);
  }
  expect(
    await submit(ada, actions.updateSource, { ...edit, version: "2", host: "imap2.acme.example", password: "next" }),
  ).toMatchObject({ status: "done" });
  const row = await only();
  expect([openSecrets(row), row.version, (row.options as ImapOptions).host]).toEqual([
    { password: "next" },
    3,
    "imap2.acme.example",
  ]);
});

test("another mailbox is read from its beginning; the same one goes on", async () => {
  await submit(ada, actions.createSource, imap);
  const { id } = await only();
  const position = { folder: "INBOX", uidValidity: "1", stored: 5, filed: 5, left: [] };
  await transaction((tx) => tx.update(mailSources).set({ position }));
  await submit(ada, actions.updateSource, { ...imap, id, version: "1", after: "read" });
  expect((await only()).position).toEqual(position);
  await submit(ada, actions.updateSource, { ...imap, id, version: "2", user: "other" });
  expect((await only()).position).toBeNull();
});

test("two who edit at once: the second is told what is stored now", async () => {
  await submit(ada, actions.createSource, imap);
  const { id } = await only();
  await submit(ada, actions.updateSource, { ...imap, id, version: "1", host: "imap3.acme.example" });
  const refused = await submit(ada, actions.updateSource, { ...imap, id, version: "1", user: "mine" });
  expect(refused).toMatchObject({ status: "refused" });
  expect(refused.message).toContain(
    'ada changed this source meanwhile. Stored now: Server "imap3.acme.example"; User "desk".',
  );
});

test("a listener has a secret from the beginning; a new one replaces it; a mailbox gets one when it asks for it", async () => {
  await submit(ada, actions.createSource, {
    kind: "smtp",
    name: "L",
    port: "2525",
    security: "none",
    allowed: "10.0.0.0/8\n::1",
  });
  const { id } = await only();
  actAs(ada);
  const [shown] = await listSources();
  expect(shown?.recipient).toMatch(/^[a-z2-7]{26}$/);
  expect(await submit(ada, actions.renewRecipient, { id })).toMatchObject({ status: "done" });
  const next = openSecrets(await only())?.recipient;
  expect(next).toMatch(/^[a-z2-7]{26}$/);
  expect(next).not.toBe(shown?.recipient);
  expect(JSON.stringify(await db().select().from(auditEntries))).not.toContain(next);
  await submit(ada, actions.createSource, { ...imap, needs_recipient: "on" });
  actAs(ada);
  expect((await listSources()).every(({ recipient }) => recipient !== null)).toBe(true);
});

test("disable, enable, delete, each once and noted; mails stay", async () => {
  const id = await sourceOf("imap", {}, {}, "Old");
  const mail = {
    source: "imap",
    broughtBy: "Old",
    channelId: id,
    raw: Buffer.from("x"),
    sizeBytes: 1,
    dedupeKey: "k",
  } as const;
  await transaction((tx) => tx.insert(mails).values(mail));
  expect(await submit(ada, actions.disableSource, { id })).toMatchObject({ status: "done" });
  expect(await submit(ada, actions.disableSource, { id })).toMatchObject({ status: "refused" });
  expect((await storedSource(id)).disabledAt).not.toBeNull();
  expect(await submit(ada, actions.checkSource, { id })).toMatchObject({ message: "This mail source is disabled." });
  expect(await submit(ada, actions.enableSource, { id })).toMatchObject({ status: "done" });
  expect(await submit(ada, actions.deleteSource, { id })).toMatchObject({ status: "done" });
  expect(await submit(ada, actions.deleteSource, { id })).toMatchObject({
    message: "This mail source does not exist any more.",
  });
  expect(await db().$count(mails)).toBe(1);
  const noted = await db()
    .select({ action: auditEntries.action, outcome: auditEntries.outcome })
    .from(auditEntries)
    .where(eq(auditEntries.targetId, id));
  expect(noted.filter(({ outcome }) => outcome === "done").map(({ action }) => action)).toEqual([
    "source.disable",
    "source.enable",
    "source.delete",
  ]);
});

test("who may not manage settings does none of it", async () => {
  const id = await sourceOf("imap", {});
  for (const act of Object.values(actions))
    await expect(submit(oto, act, { ...imap, id, version: "1" })).rejects.toEqual(new Interrupt("forbidden"));
  actAs(oto);
  await expect(listSources()).rejects.toThrow();
});

test("Check now says what came of it, in words", async () => {
  const id = await sourceOf("imap", { port: await freePort() }, { password: "x" }, "Desk");
  const refused = await submit(ada, actions.checkSource, { id });
  expect(refused).toMatchObject({ status: "refused", message: "The server refuses connections on this port." });
  const row = await storedSource(id);
  expect(row).toMatchObject({
    error: "The server refuses connections on this port.",
    checkRequestedAt: expect.any(Date),
  });
  expect(stateOf(row, Date.now())).toEqual({ label: "Failing", tone: "danger" });
  const listener = await sourceOf("smtp", { port: await freePort() });
  const silent = await submit(ada, actions.checkSource, { id: listener });
  expect(silent.message).toBe("The listener does not answer. The server refuses connections on this port.");
});

const HOUR = 3_600_000;
const never = new AbortController().signal;

/** Mails of a channel: three an hour, day and night, for ten days until so many hours ago. */
async function delivered(channelId: string, hoursAgo: number): Promise<void> {
  const rows = Array.from({ length: 720 }, (_, i) => ({
    ...({ source: "intake", broughtBy: "x", raw: Buffer.from("x"), sizeBytes: 1 } as const),
    channelId,
    dedupeKey: `${channelId} ${i}`,
    receivedAt: new Date(Date.now() - hoursAgo * HOUR - (i * HOUR) / 3),
    kind: "info" as const,
  }));
  await transaction((tx) => tx.insert(mails).values(rows));
}

test("a source that falls silent is noted, told by one mail, and noted when it is heard again", async () => {
  await transaction((tx) =>
    tx
      .update(outgoing)
      .set({ smtpHost: "mail.desk.example", fromAddress: "desk@desk.example", alarmRecipients: ["boss@desk.example"] }),
  );
  const [quiet, fine] = [await sourceOf("graph", {}, {}, "Quiet one"), await sourceOf("graph", {}, {}, "Fine one")];
  const [key] = await transaction((tx) =>
    tx.insert(intakeKeys).values({ name: "Quiet key", keyHash: "x", createdBy: "ada" }).returning(),
  );
  await delivered(quiet, 6);
  await delivered(fine, 0);
  await delivered(key?.id ?? "", 8);
  await transaction((tx) => tx.update(mailSources).set({ succeededAt: new Date(), checkedAt: new Date() }));
  await watchSources(never);
  await watchSources(never);
  expect((await storedSource(quiet)).silentSince?.getTime()).toBeGreaterThan(Date.now() - 7 * HOUR);
  expect((await storedSource(fine)).silentSince).toBeNull();
  expect(await silentChannels(db())).toEqual(new Set([quiet, key?.id]));
  const told = await db().select().from(deliveries);
  expect(told.map(({ about }) => about).sort()).toEqual(["Quiet key fell silent", "Quiet one fell silent"]);
  expect(told[0]?.content).toMatchObject({ to: ["boss@desk.example"] });
  const [last] = await db().select().from(mails).where(eq(mails.channelId, quiet)).limit(1);
  const { id: _, ...same } = last as NonNullable<typeof last>;
  await transaction((tx) => tx.insert(mails).values({ ...same, dedupeKey: "heard", receivedAt: new Date() }));
  await watchSources(never);
  expect((await storedSource(quiet)).silentSince).toBeNull();
  expect(await db().$count(deliveries), "no mail when it is heard").toBe(2);
  const noted = await db()
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.targetId, quiet));
  expect(noted.map(({ action }) => action)).toEqual(["source.silent", "source.heard"]);
});

test("a mailbox that cannot be read: nothing is concluded after 15 minutes, and an alarm after two hours", async () => {
  const ago = (hours: number) => new Date(Date.now() - hours * HOUR);
  const at = (succeeded: number, more = {}) =>
    transaction((tx) =>
      tx.update(mailSources).set({ succeededAt: ago(succeeded), checkedAt: ago(succeeded), ...more }),
    );
  const id = await sourceOf("imap", {});
  await at(0.1);
  expect([...(await silentChannels(db()))]).toEqual([]);
  await at(0.3);
  expect([...(await silentChannels(db()))]).toEqual([id]);
  await at(1.9, { error: "The server does not answer.", checkedAt: new Date() });
  await watchSources(never);
  expect((await storedSource(id)).silentSince).toBeNull();
  await at(2.1, { error: "The server does not answer.", checkedAt: new Date() });
  await watchSources(never);
  expect((await storedSource(id)).silentSince).not.toBeNull();
  await at(0, { error: null });
  await watchSources(never);
  expect([(await storedSource(id)).silentSince, ...(await silentChannels(db()))]).toEqual([null]);
  await at(3, { disabledAt: new Date() });
  expect([...(await silentChannels(db()))]).toEqual([]);
});
