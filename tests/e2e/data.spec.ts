import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { duplicatiMail, upload } from "./mails";
import { createUser, enter, expectNoSidewaysScroll, menuLinks, passwords, signIn, unique } from "./support";

test("what would go is counted before it is saved, and only what is saved holds", async ({ page }) => {
  await signIn(page, "ada", passwords.ada);
  await page.goto("/settings/data");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Data");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await expect(save).toBeDisabled();
  await page.getByLabel("Keep mails").fill("3");
  await expect(page.getByText("At least 7 days, or leave it empty to keep for ever.")).toBeVisible();
  await expect(save).toBeDisabled();

  await page.getByLabel("Keep mails").fill("4000");
  await expect(page.getByText("Nothing is that old: nothing goes now.")).toBeVisible();
  await expectNoSidewaysScroll(page);
  await save.click();
  const asking = page.getByRole("dialog", { name: "Delete what becomes older?" });
  await asking.getByRole("button", { name: "Cancel" }).click();
  await page.reload();
  await expect(page.getByLabel("Keep mails"), "who cancels saves nothing").toHaveValue("");

  await keepMails(page, "4000");
  await page.reload();
  await expect(page.getByLabel("Keep mails")).toHaveValue("4000");
  await keepMails(page, "");
  await page.reload();
  await expect(page.getByLabel("Keep mails")).toHaveValue("");
});

test("everything comes as one file, with its mails as they came", async ({ page }) => {
  const job = unique("export");
  await signIn(page, "ada", passwords.ada);
  await upload(page, duplicatiMail(job, "Success", 3));
  await page.goto("/settings/data");
  const loading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export everything" }).click();
  const file = await loading;
  expect(file.suggestedFilename()).toMatch(/^backupchecks-\d{4}-\d\d-\d\d\.tar\.gz$/);
  const archive = gunzipSync(readFileSync(await file.path())).toString("latin1");
  expect(archive.slice(0, 14)).toBe("manifest.json\0");
  expect(archive).toContain('"format": "backupchecks-export"');
  for (const name of ["tables/users.jsonl", "tables/audit_entries.jsonl"]) expect(archive).toContain(name);
  expect(archive).toMatch(/mails\/[\da-f-]{36}\.eml/);
  expect(archive).toContain(job);
  expect(archive, "a whole archive ends with zeros").toMatch(/\0{1024}$/);
});

test("a role without the right opens neither the page nor what stands behind it", async ({ page, browser }) => {
  const name = unique("olga");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, name, "Operator");
  const other = await enter(browser, name);
  expect(await menuLinks(other)).not.toContain("Data");
  const refused = await other.goto("/settings/data");
  expect(refused?.status()).toBe(403);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("You can't open this page");
  for (const door of ["/api/data/export", "/api/data/retention?mails=7&runs=&audit="])
    expect((await other.request.get(door)).status(), door).toBe(403);
});

async function keepMails(page: Page, days: string): Promise<void> {
  await page.getByLabel("Keep mails").fill(days);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. What is older goes within the hour.")).toBeVisible();
}
