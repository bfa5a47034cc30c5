import { expect, type Page, test } from "@playwright/test";
import { createUser, enter, passwords, signIn, unique } from "./support";

test("two editors of one role: the second is shown both versions, and nothing of either is lost", async ({
  page,
  browser,
}) => {
  const role = unique("Desk");
  await signIn(page, "ada", passwords.ada);
  await addRole(page, role, "View the dashboard");
  const other = await enter(browser, "ada", passwords.ada);
  await other.goto(page.url());
  await page.getByRole("checkbox", { name: "View the inbox", exact: true }).check();
  await page.getByRole("button", { name: "Update" }).click();
  await expect(page.getByText(`Role ${role} was updated.`)).toBeVisible();

  await other.getByRole("checkbox", { name: "View overrides", exact: true }).check();
  await other.getByRole("button", { name: "Update" }).click();
  await expect(other.getByText("Stored now")).toBeVisible();
  await expect(other.getByRole("checkbox", { name: "View overrides", exact: true }), "mine is kept").toBeChecked();
  await other.getByRole("button", { name: "Store mine anyway" }).click();
  await expect(other.getByText(`Role ${role} was updated.`)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "View overrides", exact: true })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "View the inbox", exact: true })).not.toBeChecked();
});

test("leaving a role with changes asks first; Reset puts back what is stored", async ({ page }) => {
  const role = unique("Desk");
  await signIn(page, "ada", passwords.ada);
  await addRole(page, role, "View the dashboard");
  await page.getByRole("checkbox", { name: "View the inbox", exact: true }).check();
  let asked = 0;
  page.on("dialog", async (dialog) => {
    asked += 1;
    await dialog.dismiss();
  });
  await page.getByRole("link", { name: "BackupChecks" }).click();
  await expect.poll(async () => asked + (await page.getByRole("dialog").count())).toBeGreaterThan(0);
  await expect(page).toHaveURL(/settings\/roles/);
  if (await page.getByRole("dialog").isVisible()) await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.getByRole("checkbox", { name: "View the inbox", exact: true })).not.toBeChecked();
  await page.getByRole("link", { name: "BackupChecks" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
});

test("what a user may do, and why: the role, the mark and the rule that decide", async ({ page }) => {
  const vic = unique("vic");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, vic, "Viewer");
  await page.goto(`/settings/users?q=${vic}`);
  await page.getByRole("link", { name: vic }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(vic);
  await page.getByLabel("Right").selectOption({ label: "Tickets: Manage tickets and remarks" });
  await expect(page.getByText(/Viewer.*does not hold/).first()).toBeVisible();
  await page.getByLabel("Right").selectOption({ label: "Customers: View customers" });
  await page.getByLabel("One of the customers").fill("Moorland");
  await page.getByRole("button", { name: "Moorland Dairy" }).click();
  await expect(page).toHaveURL(/element=/);
  await expect(page.getByText(/Moorland Dairy/).first()).toBeVisible();
  await expect(page.getByText(/Viewer/).first()).toBeVisible();
});

test("a preview looks at the product as a role, cannot change anything, and is left with one click", async ({
  page,
}) => {
  await signIn(page, "ada", passwords.ada);
  await page.goto("/settings/roles");
  await page.getByRole("link", { name: /^Operator/ }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Operator");
  await page.getByRole("button", { name: "Preview as role" }).filter({ visible: true }).click();
  await expect(page.getByText("Preview as Operator:")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
  expect((await page.goto("/settings/users"))?.status()).toBe(403);

  await page.goto("/customers?q=Moorland");
  await page.getByRole("link", { name: "Moorland Dairy" }).click();
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Notes").fill("Changed in a preview");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("This is a preview of Operator. Nothing was changed.")).toBeVisible();

  await page.reload();
  await expect(page.getByText("Changed in a preview")).toHaveCount(0);
  await page.getByRole("button", { name: "Leave preview" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("User Roles");
  await expect(page.getByText("Preview as Operator:")).toHaveCount(0);
});

/** Makes a role with one right on its page, and stays there. */
async function addRole(page: Page, name: string, right: string): Promise<void> {
  await page.goto("/settings/roles?role=new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: right, exact: true }).check();
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/role=[0-9a-f-]{36}/);
}
