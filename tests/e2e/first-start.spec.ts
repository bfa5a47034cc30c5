import { expect, test } from "@playwright/test";

test("a fresh machine asks for its first administrator", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Set up BackupChecks");
  for (const label of ["Username", "Password", "Confirm password"]) {
    await expect(page.getByLabel(label, { exact: true })).toBeEditable();
  }
  await expect(page.getByRole("button", { name: "Create administrator" })).toBeEnabled();
});
