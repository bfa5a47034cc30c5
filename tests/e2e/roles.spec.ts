import { expect, test } from "@playwright/test";
import { createUser, enter, menuLinks, passwords, signIn, switchRole, unique, userItem } from "./support";

test("a user with two roles switches: the menu follows, other tabs follow, Back shows nothing of before", async ({
  page,
  browser,
}) => {
  const mia = unique("mia");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, mia, "Operator", "Reporter");

  const first = await enter(browser, mia);
  expect(await menuLinks(first)).toContain("Run Checks");
  await first.goto("/customers");
  const second = await first.context().newPage();
  await second.goto("/jobs");

  await switchRole(first, "Reporter");
  await expect(first.getByLabel("Active role").locator("option:checked")).toHaveText("Reporter");
  expect(await menuLinks(first)).toEqual(["Reports"]);
  await expect(second.getByRole("heading", { level: 1 }), "the other tab was refreshed").toHaveText(
    "You can't open this page",
  );

  await first.goBack();
  await expect(first.getByRole("heading", { name: "Customers" })).toHaveCount(0);
});

test("a refused page names the right and offers the role that has it", async ({ page, browser }) => {
  const noa = unique("noa");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, noa, "Reporter", "Viewer");
  const her = await enter(browser, noa);
  const answer = await her.goto("/tickets");
  expect(answer?.status()).toBe(403);
  await expect(her.getByRole("heading", { level: 1 })).toHaveText("You can't open this page");
  await expect(her.getByText("tickets.view")).toBeVisible();
  await her.getByRole("button", { name: "Switch to Viewer" }).click();
  await expect(her.getByRole("heading", { level: 1 })).toHaveText("Tickets");
});

test("the last active role is remembered for the next sign-in", async ({ page, browser }) => {
  const ria = unique("ria");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, ria, "Operator", "Viewer");
  const once = await enter(browser, ria);
  await switchRole(once, "Viewer");
  const again = await enter(browser, ria);
  await expect(again.getByLabel("Active role").locator("option:checked")).toHaveText("Viewer");
});

test("a form from a page of another role is refused, and changes nothing", async ({ page, browser }) => {
  const eva = unique("eva");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, eva, "Admin", "Viewer");
  const other = await enter(browser, eva);
  const settings = await other.context().newPage();
  // This tab does not hear that the role changed.
  await settings.addInitScript(() => {
    window.BroadcastChannel.prototype.postMessage = () => {};
    Object.defineProperty(window.BroadcastChannel.prototype, "onmessage", { set: () => {} });
  });
  await settings.goto("/settings");
  await settings.getByLabel("Name").fill("Changed in the wrong role");
  await switchRole(other, "Viewer");

  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings.getByText("You are now acting as Viewer")).toBeVisible();
  await expect(settings.getByLabel("Name"), "what was typed stays").toHaveValue("Changed in the wrong role");
  await page.goto("/settings");
  await expect(page.getByLabel("Name")).toHaveValue("BackupChecks");
});

test("the active role is taken away while its owner clicks on: the next click is in the remaining role", async ({
  page,
  browser,
}) => {
  const leo = unique("leo");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, leo, "Operator", "Viewer");
  const him = await enter(browser, leo);
  await him.goto("/customers");

  const item = await userItem(page, leo);
  await item.getByLabel("Operator").uncheck();
  await item.getByRole("button", { name: "Save" }).click();
  await expect(item.getByText("Current: Viewer")).toBeVisible();

  await him.getByRole("link", { name: "BackupChecks" }).click();
  await expect(him.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
  // The document follows by itself once the page has told it of the other role.
  await expect(async () => expect(await menuLinks(him)).not.toContain("Run Checks")).toPass();
  expect((await him.goto("/run-checks"))?.status()).toBe(403);
});

test("without any role nothing opens, and the page says whom to ask", async ({ page, browser }) => {
  const tom = unique("tom");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, tom, "Viewer");
  const him = await enter(browser, tom);
  const item = await userItem(page, tom);
  await item.getByLabel("Viewer").uncheck();
  await item.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Save without a role" }).click();
  await expect(item.getByText("Current: no role")).toBeVisible();
  for (const path of ["/dashboard", "/customers", "/account"]) {
    expect((await him.goto(path))?.status()).toBe(403);
    await expect(him.getByText("You have no role. Ask an administrator.")).toBeVisible();
  }
});
