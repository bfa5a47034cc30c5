import { expect, type Page, test } from "@playwright/test";
import { duplicatiMail, upload } from "./mails";
import { createUser, enter, expectNoSidewaysScroll, menuLinks, passwords, signIn, unique } from "./support";

const CUSTOMER = "Saint Aldric Hospital";
const REPORTS = ["Last week, all customers", `Quarterly review: ${CUSTOMER}`];

test("a role for the end users of one customer: made, given, and what it opens is theirs and not a number more", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const [role, eva, job] = [unique("End User Acme"), unique("eva"), unique("archive")];
  await signIn(page, "ada", passwords.ada);
  const hidden = await hrefOf(page, "/customers?q=Moorland", "Moorland Dairy");
  await makeRole(page, role);
  await createUser(page, eva, role);

  const her = await enter(browser, eva);
  expect(await menuLinks(her)).toEqual(["Customers", "Jobs", "Reports"]);
  expect(await names(her, "/customers")).toEqual([CUSTOMER]);
  expect((await names(her, "/reports")).sort()).toEqual(REPORTS);
  expect((await her.goto(hidden))?.status(), "a customer that is not covered does not exist").toBe(404);
  const mine = await jobs(her);
  expect(mine.every(({ customer }) => customer.includes(CUSTOMER))).toBe(true);
  expect(mine.length).toBeGreaterThan(5);
  await her.goto("/dashboard");
  await expect(her.locator("main")).not.toContainText("Moorland");
  await her.goto(await hrefOf(her, "/reports", REPORTS[0] ?? ""));
  await expect(her.locator("main"), "a report of all customers counts hers alone").not.toContainText("Moorland");
  await expect(her.locator("main")).toContainText(CUSTOMER);

  const excluded = mine.slice(0, 3).map(({ name }) => name);
  await openRole(page, role);
  await openPanel(page, "View resources");
  for (const name of excluded) {
    await page.getByLabel("Search resources").fill(name);
    const box = page.getByRole("dialog").getByRole("checkbox", { name, exact: true });
    await box.and(page.getByRole("checkbox", { checked: true })).uncheck();
  }
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("(all except 3)").first()).toBeVisible();
  await expect(page.getByText(/Affects 1 user.*3 resources lost/)).toBeVisible();
  await page.getByRole("button", { name: "Update" }).click();
  await expect(page.getByText(`Role ${role} was updated.`)).toBeVisible();
  const left = (await jobs(her)).map(({ name }) => name);
  expect(left).toEqual(mine.map(({ name }) => name).filter((name) => !excluded.includes(name)));

  await upload(page, duplicatiMail(job, "Success", 1));
  await expect(async () => {
    await page.goto(`/inbox?q=${job}`);
    await page.getByRole("link", { name: new RegExp(job) }).click({ timeout: 2000 });
  }).toPass();
  await page.getByLabel("Customer", { exact: true }).fill(CUSTOMER);
  await expect(page.getByLabel("Job name")).toHaveValue(job);
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText(/was approved to/)).toBeVisible();
  expect(
    (await jobs(her)).map(({ name }) => name),
    "a new resource of an included type is there at once",
  ).toContain(job);
});

/** Makes the role on its page: one customer, its resources, two reports. */
async function makeRole(page: Page, name: string): Promise<void> {
  await page.goto("/settings/roles");
  await page
    .getByRole("button", { name: "Add" })
    .or(page.getByRole("link", { name: "Add" }))
    .click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  for (const right of ["View the dashboard", "View customers", "View resources", "View reports"])
    await page.getByRole("checkbox", { name: right, exact: true }).check();
  await choose(page, "View customers", "customers", CUSTOMER);
  await choose(page, "View reports", "reports", ...REPORTS);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/role=[0-9a-f-]{36}/);
}

/** Gives an aggregate right for these elements only. */
async function choose(page: Page, right: string, kind: string, ...elements: string[]): Promise<void> {
  await openPanel(page, right);
  await page.getByLabel("All, also future ones").uncheck();
  for (const element of elements) {
    await page.getByLabel(`Search ${kind}`).fill(element);
    await page.getByRole("dialog").getByRole("checkbox", { name: element, exact: true }).check();
  }
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("(1)").first()).toBeVisible();
}

async function openPanel(page: Page, right: string): Promise<void> {
  await page.getByRole("link", { name: right, exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function openRole(page: Page, name: string): Promise<void> {
  await page.goto("/settings/roles");
  await page.getByLabel("Filter roles").fill(name);
  await page.getByRole("link", { name: new RegExp(name) }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
}

/** @returns the names of what a list shows, by its links to single pages. */
async function names(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const links = page.locator(`main a[href^="${path}/"]`).filter({ visible: true });
  return [...new Set((await links.allTextContents()).map((text) => text.trim()))].filter((text) => text !== "CSV");
}

async function jobs(page: Page): Promise<{ name: string; customer: string }[]> {
  await page.goto("/jobs");
  const rows = page.locator("main tbody tr");
  await expect(rows.first()).toBeVisible();
  return Promise.all(
    (await rows.all()).map(async (row) => ({
      name: ((await row.locator("a").first().textContent()) ?? "").trim(),
      customer: (await row.textContent()) ?? "",
    })),
  );
}

async function hrefOf(page: Page, path: string, name: string): Promise<string> {
  await page.goto(path);
  return (await page.getByRole("link", { name }).first().getAttribute("href")) ?? "";
}
