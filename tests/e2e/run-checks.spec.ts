import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { duplicatiMail, upload } from "./mails";
import { createUser, enter, expectNoSidewaysScroll, passwords, signIn, unique } from "./support";

/** An operator and a job of theirs of which runs wait, the latest first; one of them failed. */
async function runsToCheck(page: Page, browser: Parameters<typeof enter>[0], runs: number) {
  const [operator, job] = [unique("olaf"), unique("ledger")];
  await signIn(page, "ada", passwords.ada);
  await createUser(page, operator, "Operator");
  const his = await enter(browser, operator);
  const nights = Array.from({ length: runs }, (_, night) => night);
  await upload(his, ...nights.map((night) => duplicatiMail(job, night === 1 ? "Error" : "Success", night)));
  await expect(async () => {
    await his.goto(`/inbox?q=${job}`);
    await his
      .getByRole("link", { name: new RegExp(job) })
      .first()
      .click({ timeout: 2000 });
    await expect(his.getByLabel("Job name")).toHaveValue(job, { timeout: 2000 });
  }).toPass();
  await his.getByLabel("Customer", { exact: true }).fill(unique("Corner shop"));
  await his.getByRole("button", { name: "Approve" }).click();
  await expect(his.getByText(/was approved to/)).toBeVisible();
  await his.goto(`/run-checks?q=${job}`);
  await expect(rowsOf(his, job)).toHaveCount(runs);
  return { his, job };
}

const rowsOf = (page: Page, job: string): Locator => page.getByRole("list", { name: job }).locator("li[data-row]");
const panelOf = (page: Page): Locator => page.getByRole("dialog", { name: /20\d\d-/ });

test("an operator empties the page with the keyboard alone, and takes one back", async ({ page, browser }) => {
  const { his, job } = await runsToCheck(page, browser, 5);
  const press = (key: string) => his.keyboard.press(key);

  await press("?");
  const help = his.getByRole("dialog", { name: "Keys" });
  await expect(help).toContainText("Mark the open run reviewed");
  await press("Escape");
  await expect(help).toBeHidden();

  // The failed one stands first: opened, looked at, marked; the next one stands open then.
  await press("j");
  await expect(rowsOf(his, job).first().getByRole("link")).toBeFocused();
  await press("Enter");
  await expect(panelOf(his)).toContainText("The target folder is full");
  await expect(his).toHaveURL(/[?&]run=/);
  const failed = await panelOf(his).getByRole("heading", { level: 2 }).textContent();
  await press("e");
  await expect(rowsOf(his, job)).toHaveCount(4);
  await expect(panelOf(his).getByRole("heading", { level: 2 })).not.toHaveText(failed ?? "");
  await press("Escape");
  await expect(panelOf(his)).toBeHidden();
  await expect(his).not.toHaveURL(/[?&]run=/);
  await expect(rowsOf(his, job).first().getByRole("link"), "the row of the run has the focus").toBeFocused();

  // Two selected, marked together; then one after the other.
  await press("x");
  await press("j");
  await press("x");
  await expect(his.getByText("2 selected")).toBeVisible();
  await press("e");
  await expect(rowsOf(his, job)).toHaveCount(2);
  await expect(rowsOf(his, job).first().getByRole("link")).toBeFocused();
  await press("e");
  await press("e");
  await expect(his.getByText("No run matches.")).toBeVisible();
  await press("u");
  await expect(rowsOf(his, job)).toHaveCount(1);

  // Typing is typing: no key does anything else in a field.
  await his.getByRole("searchbox").focus();
  await his.keyboard.type("exj?");
  await expect(his.getByRole("searchbox")).toHaveValue(/exj\?/);
  await expect(rowsOf(his, job)).toHaveCount(1);
});

test("the open run has an address, goes from run to run, and gives the focus back", async ({ page, browser }) => {
  const { his, job } = await runsToCheck(page, browser, 3);
  const rows = rowsOf(his, job);
  await rows.first().getByRole("link").click();
  const panel = panelOf(his);
  await expect(panel).toContainText("The target folder is full");
  for (const part of ["History of the job", "Text of the mail"]) await expect(panel).toContainText(part);
  await expect(panel.getByRole("link", { name: "Create ticket" })).toHaveAttribute("href", /\/tickets\?new=1&run=/);
  await expect(panel.getByRole("link", { name: "Treat as success" })).toHaveAttribute("href", /\/overrides\?run=/);
  await expectNoSidewaysScroll(his);
  expect((await new AxeBuilder({ page: his }).analyze()).violations.map(({ id }) => id)).toEqual([]);

  await panel.getByRole("button", { name: "Next in the list" }).click();
  await expect(panel).not.toContainText("The target folder is full");
  const second = await panel.getByRole("heading", { level: 2 }).textContent();
  await his.keyboard.press("x");
  await expect(rows.nth(1).getByRole("checkbox"), "the open run is selected, not the one before").toBeChecked();
  await his.keyboard.press("x");
  await his.keyboard.press("t");
  await expect(his.getByRole("dialog", { name: "New ticket" })).toBeVisible();
  await his.keyboard.press("Escape");
  await expect(panel.getByRole("heading", { level: 2 }), "back at the run").toHaveText(second ?? "");
  await his.reload();
  await expect(panel.getByRole("heading", { level: 2 }), "the address opens it again").toHaveText(second ?? "");
  await panel.getByRole("button", { name: "Mark reviewed" }).click();
  await expect(panel.getByRole("heading", { level: 2 })).not.toHaveText(second ?? "");
  await panel.getByRole("button", { name: "Undo" }).click();
  await expect(panel.getByRole("button", { name: "Undo" })).toBeHidden();
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(panel).toBeHidden();
  await expect(rows).toHaveCount(3);
  await expect(rows.last().getByRole("link")).toBeFocused();

  await rows.first().getByRole("link").click();
  await expect(panel).toBeVisible();
  await his.goBack();
  await expect(panel).toBeHidden();
  await expect(his).toHaveURL(new RegExp(`/run-checks\\?q=${job}$`));
});

test("of two people who mark the same run the second is told", async ({ page, browser }) => {
  const { his, job } = await runsToCheck(page, browser, 2);
  await page.goto(`/run-checks?q=${job}`);
  await rowsOf(page, job).first().getByRole("link").click();
  await expect(panelOf(page)).toContainText("The target folder is full");
  await rowsOf(his, job).first().getByRole("button", { name: "Mark reviewed" }).click();
  await expect(rowsOf(his, job)).toHaveCount(1);
  await panelOf(page).getByRole("button", { name: "Mark reviewed" }).click();
  await expect(page.getByText(/already reviewed by olaf-/).first()).toBeVisible();
});
