import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { settings } from "@/lib/db/schema/access";
import { mails } from "@/lib/db/schema/mails";
import { overrides } from "@/lib/db/schema/overrides";
import { runs } from "@/lib/db/schema/runs";
import { afterRuns } from "@/lib/filing/after-runs";
import { undoReview } from "@/lib/run-checks/actions";
import { BY_RULE } from "@/lib/run-checks/rules";
import { type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";
import { mailRow } from "./support/worlds";

let oto: Person;
let job: { id: string };
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
  job = await jobOf(await customerNamed("Acme"), "Files");
});
afterAll(closeTestDatabase);
beforeEach(() => transaction((tx) => tx.delete(runs)));

const choose = (reviewsPlainSuccess: boolean) => transaction((tx) => tx.update(settings).set({ reviewsPlainSuccess }));
const follow = (...ids: string[]) => transaction((tx) => afterRuns(tx, ids));
const reviewers = async (...ids: string[]) => {
  const rows = await db().select().from(runs).where(inArray(runs.id, ids));
  return ids.map((id) => rows.find((row) => row.id === id)?.reviewer);
};
const mailOf = async (senderCheck: "failed" | "passed") => {
  const id = crypto.randomUUID();
  await transaction((tx) =>
    tx.insert(mails).values({ ...mailRow(id, senderCheck), senderCheck, jobId: job.id, kind: "run" }),
  );
  return id;
};

test("a success waits for people unless the account has chosen otherwise", async () => {
  await choose(false);
  const run = await runOf(job, "success");
  await follow(run.id);
  expect(await reviewers(run.id)).toEqual([null]);
});

test("only successes about which nothing is odd review themselves, and that is told", async () => {
  await choose(true);
  const usual = [9, 8, 7, 6, 5, 4].map((days) => runOf(job, "success", days * 24, { sizeBytes: 5_000_000 }));
  await Promise.all(usual);
  const plain = await runOf(job, "success", 3, { sizeBytes: 5_000_000 });
  const small = await runOf(job, "success", 2, { sizeBytes: 1000 });
  const others = [await runOf(job, "warning"), await runOf(job, "unknown"), await runOf(job, "failed")];
  const ids = [plain, small, ...others].map(({ id }) => id);
  await follow(...ids);
  expect(await reviewers(...ids)).toEqual([BY_RULE, null, null, null, null]);
  expect(await db().select().from(runs).where(eq(runs.id, plain.id))).toMatchObject([{ reviewedBy: null }]);
});

test("a success of a sender that could not be believed waits; what an override makes a success does not", async () => {
  await choose(true);
  const forged = await runOf(job, "success", 2, { mailId: await mailOf("failed") });
  const checked = await runOf(job, "success", 3, { mailId: await mailOf("passed") });
  const row = {
    scope: "job" as const,
    jobId: job.id,
    statuses: ["failed" as const],
    reason: "Known",
    startsAt: new Date(0),
  };
  const [override] = await transaction((tx) =>
    tx
      .insert(overrides)
      .values({ ...row, createdBy: "ada" })
      .returning(),
  );
  const known = await runOf(job, "failed", 4, { overrideId: override?.id ?? null });
  await follow(forged.id, checked.id, known.id);
  expect(await reviewers(forged.id, checked.id, known.id)).toEqual([null, BY_RULE, BY_RULE]);
});

test("a person takes it back, and it waits then", async () => {
  await choose(true);
  const run = await runOf(job, "success");
  await follow(run.id);
  expect(await submit(oto, undoReview, { run: run.id })).toMatchObject({ message: "1 run waits for review again." });
  expect(await reviewers(run.id)).toEqual([null]);
});
