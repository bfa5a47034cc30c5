import { expect, test } from "@playwright/test";
import { passwords, signIn, userItem } from "./support";

test("a fresh machine asks for its first administrator, and is closed to set-up ever after", async ({
  page,
  browser,
}) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Set up BackupChecks");
  await page.getByLabel("Username").fill("ada");
  await page.getByLabel("Password", { exact: true }).fill("too short");
  await page.getByLabel("Confirm password").fill("too short");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByText("Use at least 15 characters")).toBeVisible();
  await expect(page.getByLabel("Username")).toHaveValue("ada");

  await page.getByLabel("Password", { exact: true }).fill(passwords.ada);
  await page.getByLabel("Confirm password").fill(passwords.ada);
  await page.getByLabel("Load sample data").check();
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL("**/dashboard", { timeout: 45_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto("/setup");
  await expect(stranger).toHaveURL(/\/login$/);
});

test("signing in: one answer for everything that is wrong, and the way back to where one wanted to go", async ({
  page,
}) => {
  await page.goto("/settings/users");
  await expect(page).toHaveURL(/\/login\?next=/);
  for (const [username, password] of [
    ["ada", "wrong-password-of-ada"],
    ["nobody", passwords.ada],
  ] as const) {
    await page.getByLabel("Username").fill(username);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Wrong username or password." })).toBeVisible();
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  }
  await page.getByLabel("Username").fill("ada");
  await page.getByLabel("Password", { exact: true }).fill(passwords.ada);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("User Management");
});

test("the last administrator stays, and nobody deletes or disables their own account", async ({ page }) => {
  await signIn(page, "ada", passwords.ada);
  const own = await userItem(page, "ada");
  await own.getByLabel("Viewer").check();
  await own.getByLabel("Admin").uncheck();
  await own.getByRole("button", { name: "Save" }).click();
  await expect(own.getByText("At least one administrator must remain.")).toBeVisible();
  await expect(own.getByText("Current: Admin")).toBeVisible();
  await expect(own.getByRole("button", { name: "Delete" })).toHaveCount(0);
  await expect(own.getByRole("button", { name: "Disable" })).toHaveCount(0);
});

test("after signing out nothing of before can be seen, also not with the Back button", async ({ page }) => {
  await signIn(page, "ada", passwords.ada);
  await page.goto("/audit-log");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Audit Log");
  await page.getByText("ada", { exact: true }).first().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
});
