import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as previewDoor } from "@/app/api/data/retention/route";
import { GET as getBody } from "@/app/api/mails/[id]/body/route";
import { GET as getSource } from "@/app/api/mails/[id]/source/route";
import { GET as getText } from "@/app/api/mails/[id]/text/route";
import { db, transaction } from "@/lib/db";
import { auditEntries, settings } from "@/lib/db/schema/access";
import { jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { deliveries } from "@/lib/db/schema/outgoing";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { updateRetention } from "@/lib/retention/actions";
import { applyRetention } from "@/lib/retention/apply";
import { previewRetention } from "@/lib/retention/queries";
import { daysProblem, type Preview } from "@/lib/retention/rules";
import { actAs, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { plantRows } from "./support/http/rows";

const never = new AbortController().signal;
const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

let ada: Person;
let jobId: string;

beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
  await transaction(plantRows);
  jobId = (await db().select().from(jobs))[0]?.id ?? "";
});
afterAll(closeTestDatabase);
beforeEach(async () => {
  await transaction(async (tx) => {
    await tx.delete(runs);
    await tx.delete(mails);
    await tx.update(settings).set({ keepMailsDays: null, keepRunsDays: null, keepAuditDays: null });
  });
});

let made = 0;
async function mail(days: number, more: Partial<typeof mails.$inferInsert> = {}): Promise<string> {
  const told = {
    source: "intake",
    broughtBy: "nightly",
    subject: "Backup of SRV-07",
    text: "said",
    html: "<p>said</p>",
  } as const;
  const values = {
    ...told,
    kind: "run",
    raw: Buffer.from("raw"),
    sizeBytes: 3,
    dedupeKey: `mail ${made++}`,
    receivedAt: ago(days),
  } as const;
  const [row] = await transaction((tx) =>
    tx
      .insert(mails)
      .values({ ...values, ...more })
      .returning(),
  );
  return row?.id ?? "";
}
async function run(days: number, mailId: string | null = null): Promise<string> {
  const [row] = await transaction((tx) =>
    tx
      .insert(runs)
      .values({ jobId, mailId, status: "failed", ranAt: ago(days) })
      .returning(),
  );
  await transaction((tx) =>
    tx.insert(runObjects).values({ runId: row?.id ?? "", position: 0, name: "C:", status: "failed" }),
  );
  return row?.id ?? "";
}
const entry = (days: number) =>
  transaction((tx) =>
    tx.insert(auditEntries).values({
      ...{ at: ago(days), actor: "old", role: "", action: "old.entry", target: "", address: "", outcome: "done" },
    }),
  );
const keep = (days: Partial<typeof settings.$inferInsert>) => transaction((tx) => tx.update(settings).set(days));
const mailOf = async (id: string) => (await db().select().from(mails).where(eq(mails.id, id)))[0];
const applied = () => db().select().from(auditEntries).where(eq(auditEntries.action, "retention.apply"));
const oldEntries = async () => (await db().select().from(auditEntries).where(eq(auditEntries.actor, "old"))).length;

test("nothing set: everything stays for ever", async () => {
  const id = await mail(4000);
  await run(4000, id);
  await entry(4000);
  await applyRetention(never);
  expect(await mailOf(id)).toMatchObject({ text: "said", rawPurgedAt: null });
  expect(await db().select().from(runs)).toHaveLength(1);
  expect(await oldEntries()).toBe(1);
});

test("of an old mail with a run the subject stays; others go; young and unread ones are left alone", async () => {
  const filed = await mail(31, { jobId });
  await run(31, filed);
  const [unfiled, deleted] = [await mail(31), await mail(31, { deletedAt: ago(2), deletedBy: "ada" })];
  const [young, waiting] = [await mail(29), await mail(31, { kind: "waiting" })];
  await keep({ keepMailsDays: 30 });
  await applyRetention(never);
  expect(await mailOf(filed)).toMatchObject({
    subject: "Backup of SRV-07",
    text: "",
    html: null,
    rawPurgedAt: expect.any(Date),
  });
  expect((await mailOf(filed))?.raw.length).toBe(0);
  expect([await mailOf(unfiled), await mailOf(deleted)]).toEqual([undefined, undefined]);
  expect(await mailOf(young)).toMatchObject({ text: "said", rawPurgedAt: null });
  expect(await mailOf(waiting)).toMatchObject({ text: "said", rawPurgedAt: null });
});

test("whoever opens the mail of a run afterwards is told that it was deleted, and when", async () => {
  const id = await mail(31, { jobId });
  await run(31, id);
  await keep({ keepMailsDays: 30 });
  await applyRetention(never);
  actAs(ada);
  for (const [door, status] of [
    [getBody, 200],
    [getText, 200],
    [getSource, 410],
  ] as const) {
    const answer = await door(new Request("http://localhost/api/mails/x"), { params: Promise.resolve({ id }) });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(
      `What this mail said was deleted on ${new Date().toISOString().slice(0, 10)}`,
    );
  }
});

test("a digest stays while one of its parts has a run, and goes with the last of them", async () => {
  const digest = await mail(50, { kind: "digest" });
  const [used, unused] = [
    await mail(50, { source: "digest", parentId: digest, part: 1 }),
    await mail(50, { source: "digest", parentId: digest, part: 2 }),
  ];
  const runId = await run(20, used);
  await keep({ keepMailsDays: 30 });
  await applyRetention(never);
  expect(await mailOf(unused)).toBeUndefined();
  expect(await mailOf(digest)).toMatchObject({ text: "", rawPurgedAt: expect.any(Date) });
  await transaction((tx) =>
    tx
      .update(runs)
      .set({ ranAt: ago(90) })
      .where(eq(runs.id, runId)),
  );
  await keep({ keepRunsDays: 60 });
  await applyRetention(never);
  expect(await mailOf(used)).toBeUndefined();
});

test("old runs go with their objects, and with what was left of their mails", async () => {
  const id = await mail(400, { jobId });
  await run(400, id);
  const young = await run(10);
  await keep({ keepMailsDays: 90 });
  await applyRetention(never);
  expect(await mailOf(id)).toMatchObject({ text: "" });
  await keep({ keepRunsDays: 365 });
  await applyRetention(never);
  expect((await db().select().from(runs)).map(({ id }) => id)).toEqual([young]);
  expect(await db().select().from(runObjects)).toHaveLength(1);
  expect(await mailOf(id)).toBeUndefined();
});

test("what was sent or given up goes after three months; what is to be sent stays", async () => {
  const told = { kind: "mail", content: {} } as const;
  await transaction((tx) => tx.delete(deliveries));
  await transaction((tx) =>
    tx.insert(deliveries).values([
      { ...told, about: "sent long ago", createdAt: ago(91), sentAt: ago(91) },
      { ...told, about: "given up long ago", createdAt: ago(91), failedAt: ago(90) },
      { ...told, about: "still waits", createdAt: ago(91) },
      { ...told, about: "sent lately", createdAt: ago(89), sentAt: ago(89) },
    ]),
  );
  await applyRetention(never);
  const left = await db().select({ about: deliveries.about }).from(deliveries);
  expect(left.map(({ about }) => about).sort()).toEqual(["sent lately", "still waits"]);
});

test("entries of the audit log leave it by age, in no other way, and that is in the log", async () => {
  await entry(400);
  await entry(40);
  await keep({ keepAuditDays: 365 });
  const before = (await applied()).length;
  await applyRetention(never);
  // Of the first test one more was there.
  expect(await oldEntries()).toBe(1);
  expect((await applied()).at(-1)).toMatchObject({ actor: "retention", after: { auditEntries: 2 } });
  expect(await applied()).toHaveLength(before + 1);
  await expect(transaction((tx) => tx.delete(auditEntries).where(eq(auditEntries.actor, "old")))).rejects.toThrow();
});

test("more than one batch: everything old goes, nothing that is young, and each batch tells its count", async () => {
  const rows = (count: number, days: number) =>
    Array.from({ length: count }, () => ({ jobId, status: "success" as const, ranAt: ago(days) }));
  await transaction((tx) => tx.insert(runs).values([...rows(1100, 100), ...rows(7, 10)]));
  await keep({ keepRunsDays: 60 });
  const before = (await applied()).length;
  await applyRetention(never);
  expect(await db().select().from(runs)).toHaveLength(7);
  const counts = (await applied()).slice(before).map(({ after }) => (after as { runs: number }).runs);
  expect(counts.sort()).toEqual([100, 500, 500]);
});

test("a process that stops begins no further batch", async () => {
  await run(100);
  await keep({ keepRunsDays: 60 });
  await expect(applyRetention(AbortSignal.abort(new Error("stopping")))).rejects.toThrow("stopping");
  expect(await db().select().from(runs)).toHaveLength(1);
});

describe("before it is stored", () => {
  const asked = async (query: string) => {
    actAs(ada);
    const answer = await previewDoor(new Request(`http://localhost/api/data/retention?${query}`), {
      params: Promise.resolve({}),
    });
    return { status: answer.status, body: (await answer.json()) as Preview };
  };

  test("the preview says what then goes: no more and no less", async () => {
    await run(100, await mail(100, { jobId }));
    await mail(100);
    await mail(50);
    await run(10);
    const { body } = await asked("mails=60&runs=&audit=");
    expect(body).toMatchObject({
      mails: { count: 2 },
      mailsRemoved: 1,
      runs: { count: 0, oldest: null },
      audit: { count: 0 },
    });
    expect(new Date(body.mails.oldest ?? "").toDateString()).toBe(ago(100).toDateString());
    const all = (await asked("mails=60&runs=60&audit=30")).body;
    expect(all.runs.count).toBe(1);
    await keep({ keepMailsDays: 60 });
    await applyRetention(never);
    expect((await applied()).at(-1)?.after).toEqual({ contentsOfMails: 1, mails: 1 });
    actAs(ada);
    expect(await previewRetention({ mails: 60, runs: null, audit: null })).toMatchObject({
      mails: { count: 0 },
      mailsRemoved: 0,
    });
  });

  test.each(["mails=6", "runs=29", "audit=29", "mails=x", "mails=1e3", "runs=-40", "audit=99999999"])(
    "%s is refused",
    async (query) => {
      expect((await asked(query)).status).toBe(422);
    },
  );

  test("what is too short, not a number, or outdated is not stored; what fits is, with an entry", async () => {
    const [{ version } = { version: 0 }] = await db().select().from(settings);
    const fields = { mails: "90", runs: "400", audit: "", version: String(version) };
    const short = await submit(ada, updateRetention, { ...fields, audit: "29" });
    expect(short).toMatchObject({ status: "invalid", errors: { audit: expect.stringMatching(/At least 30/) } });
    expect(await submit(ada, updateRetention, fields)).toMatchObject({ status: "done" });
    const stored = { keepMailsDays: 90, keepRunsDays: 400, keepAuditDays: null };
    expect((await db().select().from(settings))[0]).toMatchObject({ ...stored, version: version + 1 });
    const [told] = await db().select().from(auditEntries).where(eq(auditEntries.action, "settings.retention"));
    expect(told).toMatchObject({ actor: "ada", after: stored, before: { keepMailsDays: null } });
    const late = await submit(ada, updateRetention, { ...fields, mails: "7" });
    expect(late.message).toMatch(/Somebody else saved .*mails 90 days, runs 400 days, audit log for ever/);
    expect(await db().select().from(settings).where(sql`keep_mails_days = 90`)).toHaveLength(1);
  });

  test("words for what is typed", () => {
    expect(daysProblem("mails", "")).toBeNull();
    expect(daysProblem("mails", "7")).toBeNull();
    expect(daysProblem("mails", "6")).toMatch(/At least 7/);
    expect(daysProblem("runs", "a month")).toMatch(/whole days/);
  });
});
