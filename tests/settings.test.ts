import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { auditEntries, settings } from "@/lib/db/schema/access";
import { updateSettings } from "@/lib/settings/actions";
import { getSettings } from "@/lib/settings/queries";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

let ada: Person;
let oto: Person;

beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
  oto = await person("oto", "Operator");
});
afterAll(closeTestDatabase);

const stored = async () => (await db().select().from(settings))[0];
const entries = () => db().select().from(auditEntries).where(eq(auditEntries.action, "settings.update"));
const valid = {
  account_name: "Acme Desk",
  time_zone: "Europe/Amsterdam",
  password_minimum_length: 15,
  sign_in_failure_limit: 10,
  sign_in_wait_minutes: 15,
  session_idle_hours: 12,
  session_days: 30,
  day_status: "last-attempt",
  live: "events",
};

test("an administrator saves the settings; the audit log holds what changed and nothing else", async () => {
  expect(await submit(ada, updateSettings, { ...valid, version: 1 })).toMatchObject({ status: "done" });
  expect(await stored()).toMatchObject({ accountName: "Acme Desk", timeZone: "Europe/Amsterdam", version: 2 });
  expect(await entries()).toMatchObject([
    {
      before: { accountName: "BackupChecks", timeZone: "UTC" },
      after: { accountName: "Acme Desk", timeZone: "Europe/Amsterdam" },
    },
  ]);
});

test("the second of two editors is told what is stored now, and changes nothing", async () => {
  const state = await submit(ada, updateSettings, { ...valid, account_name: "Mine", version: 1 });
  expect(state).toMatchObject({ status: "refused", values: { account_name: "Mine" } });
  expect(state.message).toContain("accountName: Acme Desk");
  expect((await stored())?.accountName).toBe("Acme Desk");
});

test("values outside of their limits stay in the form with a sentence at the field", async () => {
  const state = await submit(ada, updateSettings, {
    ...valid,
    password_minimum_length: 7,
    time_zone: "Mars/Base",
    version: 2,
  });
  expect(state.errors).toEqual({
    password_minimum_length: "At least 8.",
    time_zone: "Choose a time zone from the list.",
  });
  expect(state.values).toMatchObject({ password_minimum_length: "7" });
  expect((await stored())?.version).toBe(2);
});

test("what a day shows, and whether plain successes wait, is chosen from what there is", async () => {
  expect(await submit(ada, updateSettings, { ...valid, day_status: "luck", version: 2 })).toMatchObject({
    errors: { day_status: "Choose one of the list." },
  });
  const chosen = { ...valid, day_status: "mixed", reviews_plain_success: "on", version: 2 };
  expect(await submit(ada, updateSettings, chosen)).toMatchObject({ status: "done" });
  expect(await stored()).toMatchObject({ dayStatus: "mixed", reviewsPlainSuccess: true, version: 3 });
  expect((await entries()).some(({ after }) => JSON.stringify(after).includes('"reviewsPlainSuccess":true'))).toBe(
    true,
  );
  expect(await submit(ada, updateSettings, { ...valid, version: 3 })).toMatchObject({ status: "done" });
  expect(await stored()).toMatchObject({ dayStatus: "last-attempt", reviewsPlainSuccess: false });
});

test("an operator neither reads nor saves settings; the refusal is noted once", async () => {
  const before = (await entries()).length;
  await expect(submit(oto, updateSettings, { ...valid, version: 2 })).rejects.toEqual(new Interrupt("forbidden"));
  expect((await entries()).length).toBe(before + 1);
  actAs(oto);
  await expect(getSettings()).rejects.toEqual(new Interrupt("forbidden"));
});

test("how open pages learn of news is one of three ways", async () => {
  const { version } = (await stored()) ?? { version: 0 };
  const state = await submit(ada, updateSettings, { ...valid, live: "sometimes", version });
  expect(state.errors).toEqual({ live: "Choose one of the list." });
  expect(await submit(ada, updateSettings, { ...valid, live: "polling", version })).toMatchObject({ status: "done" });
  expect(await stored()).toMatchObject({ live: "polling" });
});
