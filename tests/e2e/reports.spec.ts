import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { duplicatiMail, upload } from "./mails";
import { enter, expectNoSidewaysScroll, passwords, signIn, unique } from "./support";

test("an administrator generates a report, saves it as a calendar, takes it as PDF, and has it mailed", async ({
  page,
}) => {
  const name = unique("Monthly");
  await signIn(page, "ada", passwords.ada);
  await page.goto("/reports");
  await page.getByLabel("Report", { exact: true }).first().selectOption("Everything");
  await page.getByRole("button", { name: "Generate" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Storage", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Export CSV" })).toBeVisible();
  await expectNoSidewaysScroll(page);

  await page.goto("/reports");
  await page.getByRole("button", { name: "New report" }).click();
  const dialog = page.getByRole("dialog", { name: "New report" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Report", { exact: true }).selectOption("Calendar");
  await dialog.getByLabel("Period").selectOption("This month until yesterday");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`The report ${name} was saved.`)).toBeVisible();
  await page.goto(`/reports?q=${name}`);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expectNoSidewaysScroll(page);

  const loading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export PDF" }).click();
  expect(
    readFileSync(await (await loading).path())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");

  await page.getByRole("button", { name: "Schedule" }).click();
  const mailing = page.getByRole("dialog", { name: "Send by mail" });
  await mailing.getByLabel("Send", { exact: true }).selectOption("Every week");
  await mailing.getByLabel("Recipients").fill("boss@example.org, nonsense");
  await mailing.getByRole("button", { name: "Save" }).click();
  await expect(mailing.getByText("nonsense is no e-mail address.")).toBeVisible();
  await mailing.getByLabel("Recipients").fill("boss@example.org");
  await mailing.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/Every Monday at 07:00 to boss@example.org, next/)).toBeVisible();
});

test("an open dashboard follows what happens, without a reload", async ({ page, browser }) => {
  const job = unique("live");
  await signIn(page, "ada", passwords.ada);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const waiting = page.locator('main a[href="/inbox"]');
  const before = await waiting.textContent();
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  const other = await enter(browser, "ada", passwords.ada);
  await upload(other, duplicatiMail(job, "Success", 3));
  await expect(async () => expect(await waiting.textContent()).not.toBe(before)).toPass({ timeout: 30_000 });
  expect(await page.evaluate(() => "stayed" in window)).toBe(true);
});
