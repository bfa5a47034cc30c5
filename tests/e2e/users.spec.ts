import { expect, test } from "@playwright/test";
import { createUser, enter, expectNoSidewaysScroll, passwords, signIn, unique, userItem } from "./support";

test.beforeEach(({ page }) => signIn(page, "ada", passwords.ada));

test("an administrator creates a user, and what is wrong stands at its field with the rest still there", async ({
  page,
}) => {
  await page.goto("/settings/users");
  await page.getByLabel("Username", { exact: true }).fill("x");
  await page.getByLabel("E-mail").fill("somebody@example.com");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByText(/2 to 64/)).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue("somebody@example.com");
  await createUser(page, unique("zoe"), "Viewer");
  await expectNoSidewaysScroll(page);
});

test("Save is enabled only when something changed, and Current tells what is stored", async ({ page }) => {
  const ben = unique("ben");
  await createUser(page, ben, "Viewer");
  const item = await userItem(page, ben);
  const save = item.getByRole("button", { name: "Save" });
  await expect(save).toBeDisabled();
  await item.getByLabel("Operator").check();
  await expect(save).toBeEnabled();
  await item.getByLabel("Operator").uncheck();
  await expect(save).toBeDisabled();
  await item.getByLabel("Operator").check();
  await save.click();
  await expect(item.getByText("Current: Operator, Viewer")).toBeVisible();
});

test("a new password ends the person's sessions, and signs in at once", async ({ page, browser }) => {
  const kim = unique("kim");
  await createUser(page, kim, "Viewer");
  const her = await enter(browser, kim);
  const item = await userItem(page, kim);
  await item.getByRole("button", { name: "New password" }).click();
  const dialog = page.getByRole("dialog", { name: `New password for ${kim}` });
  await dialog.getByLabel("New password", { exact: true }).fill("violet-harbour-nine-geese");
  await dialog.getByLabel("Confirm new password").fill("violet-harbour-nine-geese");
  await dialog.getByRole("button", { name: "Set password" }).click();
  await expect(dialog).toBeHidden();
  await her.goto("/customers");
  await expect(her).toHaveURL(/\/login/);
  await signIn(her, kim, "violet-harbour-nine-geese");
  await expect(her.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
});

test("who must change the password does that first, and nothing else", async ({ page, browser }) => {
  const pia = unique("pia");
  await createUser(page, pia, "Viewer");
  const item = await userItem(page, pia);
  await item.getByRole("button", { name: "New password" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New password", { exact: true }).fill(passwords.other);
  await dialog.getByLabel("Confirm new password").fill(passwords.other);
  await dialog.getByLabel("Must change at next sign-in").check();
  await dialog.getByRole("button", { name: "Set password" }).click();
  await expect(dialog).toBeHidden();

  const her = await enter(browser, pia);
  await her.goto("/customers");
  await expect(her).toHaveURL(/\/account$/);
  await her.getByLabel("Current password").first().fill(passwords.other);
  await her.getByLabel("New password", { exact: true }).fill("silver-canyon-seven-kites");
  await her.getByLabel("Confirm new password").fill("silver-canyon-seven-kites");
  await her.getByRole("button", { name: "Change password" }).click();
  await her.waitForURL("**/dashboard");
  await her.goto("/customers");
  await expect(her.getByRole("heading", { level: 1 })).toHaveText("Customers");
});

test("a disabled user is out with the next click, and in again when enabled", async ({ page, browser }) => {
  const max = unique("max");
  await createUser(page, max, "Viewer");
  const him = await enter(browser, max);
  const item = await userItem(page, max);
  await item.getByRole("button", { name: "Disable" }).click();
  await expect(item.getByText("Disabled", { exact: true })).toBeVisible();
  await him.goto("/customers");
  await expect(him).toHaveURL(/\/login/);
  await item.getByRole("button", { name: "Enable" }).click();
  await expect(item.getByText("Enabled", { exact: true })).toBeVisible();
  await signIn(him, max, passwords.other);
});

test("deleting asks by name", async ({ page }) => {
  const dee = unique("dee");
  await createUser(page, dee, "Viewer");
  const item = await userItem(page, dee);
  await item.getByRole("button", { name: "Delete" }).click();
  await page
    .getByRole("dialog", { name: `Delete ${dee}?` })
    .getByRole("button", { name: `Delete ${dee}` })
    .click();
  await expect(item).toBeHidden();
});
