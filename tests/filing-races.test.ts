import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db } from "@/lib/db";
import { customers, jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { runs } from "@/lib/db/schema/runs";
import { approveMail } from "@/lib/filing/actions";
import { fileMails } from "@/lib/filing/file-mails";
import { deleteMails } from "@/lib/mails/actions";
import { storeMail } from "@/lib/mails/store";
import { type Person, person, submit } from "./support/acting";
import { openOnPostgres } from "./support/database";
import { deliver, jobNamed, mailOf, runsOf, typeId, vzdumpMail } from "./support/mails";

const server = process.env.TEST_POSTGRES_URL ?? "";
const actor = { id: null, name: "nightly", role: "Intake key", address: "192.0.2.9" };
const bring = (raw: Buffer) => storeMail({ raw, source: "intake", broughtBy: "nightly", actor });

describe.skipIf(!server)("on PostgreSQL, where things really happen at once", () => {
  let ada: Person;
  let resource_type: string;

  beforeAll(async () => {
    await openOnPostgres(server, "filing_races");
    ada = await person("ada", "Admin");
    resource_type = await typeId();
  });
  afterAll(closeDatabase);

  const approve = (mail: string, name: string) =>
    submit(ada, approveMail, { mail, customer: "Acme", job: "", name, resource_type }).catch(() => null);

  test("one message delivered twenty times at once is one mail", async () => {
    const raw = vzdumpMail({ id: "twenty" });
    const stored = await Promise.all(Array.from({ length: 20 }, () => bring(raw)));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(1);
    expect(stored.filter(({ isNew }) => isNew)).toHaveLength(1);
    await fileMails();
  });

  test("four nodes that file at once read each mail once", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 24; n++) ids.push((await bring(vzdumpMail({ host: `node-${n}` }))).id);
    await Promise.all(Array.from({ length: 4 }, fileMails));
    const read = await db().select({ attempts: mails.attempts, kind: mails.kind }).from(mails);
    expect(read.every(({ attempts, kind }) => attempts === 1 && kind === "run")).toBe(true);
  });

  test("approving every mail of a key at once makes one job, and each mail one run of it", async () => {
    for (let round = 0; round < 5; round++) {
      const ids: string[] = [];
      for (let day = 10; day < 16; day++)
        ids.push(await deliver(vzdumpMail({ host: `race-${round}`, date: `Sun, ${day} Nov 2026 01:03:00 +0000` })));
      const states = await Promise.all([
        ...ids.map((id) => approve(id, `race ${round}`)),
        submit(ada, deleteMails, { "ids[]": ids }),
      ]);
      expect(states.filter((state) => state?.status === "invalid")).toEqual([]);
      const made = await db()
        .select({ id: jobs.id })
        .from(jobs)
        .where(eq(jobs.name, `race ${round}`));
      expect(made.length).toBeLessThanOrEqual(1);
      const of = await db()
        .select({ jobId: mails.jobId, deletedAt: mails.deletedAt })
        .from(mails)
        .where(eq(mails.matchKey, (await mailOf(ids[0] ?? "")).matchKey ?? ""));
      expect(
        of.every(({ jobId, deletedAt }) => (jobId === null) !== (deletedAt === null)),
        "one or the other",
      ).toBe(true);
      if (made[0]) expect(await runsOf(made[0].id)).toHaveLength(of.filter(({ jobId }) => jobId).length);
    }
    expect(await db().$count(customers)).toBe(1);
  });

  test("a mail that is being filed while its key is approved does not stay behind in the Inbox", async () => {
    for (let round = 0; round < 10; round++) {
      const host = `late-${round}`;
      const first = await deliver(vzdumpMail({ host }));
      const late = await bring(vzdumpMail({ host, date: "Sun, 22 Nov 2026 01:03:00 +0000" }));
      await Promise.all([approve(first, `late ${round}`), fileMails()]);
      expect((await mailOf(late.id)).jobId).toBe((await jobNamed(`late ${round}`)).id);
    }
    const behind = and(isNull(mails.jobId), isNotNull(mails.approvedAt));
    expect(await db().$count(mails, behind)).toBe(0);
    expect(await db().$count(runs)).toBe(await db().$count(mails, isNotNull(mails.jobId)));
  });
});
