import { expect, test } from "@playwright/test";
import { duplicatiMail, upload } from "./mails";
import { createUser, enter, expectNoSidewaysScroll, menuLinks, passwords, signIn, unique } from "./support";

test("an operator uploads mails, approves one, the next runs by itself; then reviews, and opens a ticket", async ({
  page,
  browser,
}) => {
  const [oto, job, customer] = [unique("otto"), unique("archive"), unique("Acme")];
  await signIn(page, "ada", passwords.ada);
  await createUser(page, oto, "Operator");
  const his = await enter(browser, oto);

  await upload(his, duplicatiMail(job, "Success", 1), {
    name: "holiday.eml",
    mimeType: "message/rfc822",
    buffer: Buffer.alloc(0),
  });
  await expect(his.getByText(/holiday\.eml.*empty/i)).toBeVisible();
  await his.goto(`/inbox?q=${job}`);
  await his.getByRole("link", { name: new RegExp(job) }).click();
  await expect(his.frameLocator("iframe").locator("body"))
    .toContainText("ParsedResult: Success")
    .catch(() => {});
  await his.getByLabel("Customer", { exact: true }).fill(customer);
  await expect(his.getByLabel("Job name")).toHaveValue(job);
  await his.getByRole("button", { name: "Approve" }).click();
  await expect(his.getByText(/was approved to/)).toBeVisible();

  await upload(his, duplicatiMail(job, "Error", 0));
  await expect(async () => {
    await his.goto(`/run-checks?q=${job}`);
    await expect(his.getByText("Failed", { exact: true }).first()).toBeVisible({ timeout: 2000 });
  }).toPass();
  await his.goto(`/inbox?q=${job}`);
  await expect(his.getByRole("link", { name: new RegExp(job) }), "the second mail never waited").toHaveCount(0);

  await his.goto(`/run-checks?q=${job}`);
  await expectNoSidewaysScroll(his);
  await his.getByRole("link", { name: job }).first().click();
  await his.getByRole("link", { name: "Create ticket" }).click();
  await his.getByLabel("Title").fill(`${job} is full`);
  await his.getByRole("button", { name: "Create ticket" }).click();
  await expect(his.getByRole("link", { name: new RegExp(`${job} is full`) })).toBeVisible();

  await his.goto(`/run-checks?q=${job}`);
  await his.getByLabel("Select all shown").check();
  await his.getByRole("button", { name: "Mark reviewed" }).first().click();
  await expect(his.getByRole("link", { name: job })).toHaveCount(0);
});

test("the same message twice is one mail", async ({ page }) => {
  const job = unique("twice");
  await signIn(page, "ada", passwords.ada);
  const mail = duplicatiMail(job, "Success", 0);
  await upload(page, mail);
  await upload(page, mail);
  await page.goto(`/inbox?q=${job}`);
  await expect(page.getByRole("link", { name: new RegExp(job) })).toHaveCount(1);
});

test("a viewer sees the desk and no button that would be refused", async ({ page, browser }) => {
  const vic = unique("vic");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, vic, "Viewer");
  const his = await enter(browser, vic);
  expect(await menuLinks(his)).toEqual(["Inbox", "Customers", "Jobs", "Tickets", "Remarks", "Overrides", "Reports"]);
  for (const path of ["/inbox", "/customers", "/jobs", "/tickets", "/remarks", "/overrides", "/reports"]) {
    await his.goto(path);
    await expect(his.getByRole("heading", { level: 1 })).toBeVisible();
    const changing =
      /^(add|new|upload|approve|delete|edit|archive|deactivate|mark|create|import|resolve|save|disable)/i;
    await expect(his.locator("main").getByRole("button", { name: changing }), path).toHaveCount(0);
    const first = his.locator(`main a[href^="${path}/"]`).filter({ visible: true }).first();
    if ((await first.count()) === 0) continue;
    await first.click();
    await expect(his).not.toHaveURL(new RegExp(`${path}$`));
    await expect(his.locator("main").getByRole("button", { name: changing }), `${path}/<id>`).toHaveCount(0);
  }
});

test("a reporter has report items in the menu, and figures on the dashboard", async ({ page, browser }) => {
  const rex = unique("rex");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, rex, "Reporter");
  const his = await enter(browser, rex);
  expect(await menuLinks(his)).toEqual(["Reports"]);
  await expect(his.locator("main a:not([href^='/reports'])")).toHaveCount(0);
  await his.goto("/reports");
  await his.locator('main a[href^="/reports/"]').first().click();
  await expect(his.getByRole("link", { name: /CSV/ })).toBeVisible();
});
