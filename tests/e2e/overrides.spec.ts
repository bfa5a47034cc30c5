import { expect, type Page, test } from "@playwright/test";
import { expectNoSidewaysScroll, passwords, signIn, unique } from "./support";

/** @returns the address of the latest failed run that no override treats yet. */
async function failedRun(page: Page): Promise<{ run: string; job: string }> {
  await page.goto("/jobs?result=failed&sort=-ran");
  const row = page
    .getByRole("row")
    .filter({ has: page.locator("a[href^='/runs/']") })
    .first();
  const run = await row.locator("a[href^='/runs/']").getAttribute("href");
  const job = await row.locator("a[href^='/jobs/']").first().textContent();
  return { run: run?.split("/").at(-1) ?? "", job: job ?? "" };
}

test("a known failure is treated as success, seen at its run, and counts again when the override is deleted", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const reason = unique("Disk is ordered");
  await signIn(page, "ada", passwords.ada);
  const { run, job } = await failedRun(page);

  await page.goto(`/overrides?run=${run}`);
  const dialog = page.getByRole("dialog", { name: "New override" });
  await expect(dialog).toContainText(job);
  await expect(dialog.getByLabel("Failed")).toBeChecked();
  await expect(
    dialog.getByText(/^Would treat [1-9]\d* of the [\d,]+ runs? of the last 30 days as success\.$/),
  ).toBeVisible();
  await dialog.getByLabel("Failed").uncheck();
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Create override" }).click();
  await expect(dialog.getByText("Choose at least one result.")).toBeVisible();
  await expect(dialog.getByLabel("Reason")).toHaveValue(reason);
  await dialog.getByLabel("Failed").check();
  await dialog.getByRole("button", { name: "Create override" }).click();
  await expect(page.getByText(/The override was added\. It treats \d+ runs? so far\./)).toBeVisible();

  const item = page.getByRole("row").filter({ hasText: reason });
  await expect(item).toContainText("Active");
  await expectNoSidewaysScroll(page);
  await page.goto(`/runs/${run}`);
  await expect(page.locator("main")).toContainText(reason);

  await page.goto(`/overrides?q=${encodeURIComponent(reason)}`);
  await item.getByRole("button", { name: /^End now/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End now" }).click();
  await expect(page.getByText("The override has ended.")).toBeVisible();
  await expect(item).toHaveCount(0);
  await page.getByLabel("State").selectOption("ended");
  await expect(item).toContainText("Ended");
  await item.getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("The override was deleted.")).toBeVisible();
  await page.goto(`/runs/${run}`);
  await expect(page.locator("main")).not.toContainText(reason);
  await expect(page.locator("main")).toContainText("Failed");
});

test("a ticket made from a run is closed with a note, and its open form does not undo the note", async ({ page }) => {
  test.setTimeout(120_000);
  const title = unique("Disk full");
  await signIn(page, "ada", passwords.ada);
  const { run, job } = await failedRun(page);
  await page.goto(`/tickets?new=1&run=${run}`);
  const dialog = page.getByRole("dialog", { name: "New ticket" });
  await expect(dialog.getByLabel("Title")).toHaveValue(`${job}: Failed`);
  await dialog.getByLabel("Title").fill(title);
  await dialog.getByLabel("Link").fill("javascript:alert(1)");
  await dialog.getByRole("button", { name: "Create ticket" }).click();
  await expect(dialog.getByText("Enter an address that begins with https:// or http://.")).toBeVisible();
  await dialog.getByLabel("Link").fill("https://desk.example.org/77");
  await dialog.getByRole("button", { name: "Create ticket" }).click();
  await page.getByRole("link", { name: title }).click();

  await expect(page.getByRole("link", { name: "desk.example.org" })).toHaveAttribute("rel", "noopener noreferrer");
  await expect(page.getByRole("link", { name: /^The run of/ })).toHaveAttribute("href", `/runs/${run}`);
  await page.getByRole("button", { name: "Resolve" }).click();
  await page.getByLabel("Closing note").fill("Replaced the disk.");
  await page.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  await expect(page.getByLabel("Text")).toHaveValue(/Closed by ada on .*: Replaced the disk\.$/);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Text")).toHaveValue(/Replaced the disk\.$/);
  await expect(page.getByRole("region", { name: "History" })).toContainText("Closed: Replaced the disk.");
  await expectNoSidewaysScroll(page);
});
