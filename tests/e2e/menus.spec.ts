import { expect, type Page, test } from "@playwright/test";
import { createUser, enter, menuLinks, passwords, signIn, unique } from "./support";

test("the main menu is ordered with the keyboard alone, seen by everybody, and put back", async ({ page, browser }) => {
  const oto = unique("otis");
  await signIn(page, "ada", passwords.ada);
  await createUser(page, oto, "Operator");
  const his = await enter(browser, oto);
  expect((await menuLinks(his)).slice(0, 2)).toEqual(["Run Checks", "Inbox"]);

  await page.goto("/settings/menus");
  await page.getByRole("treeitem", { name: "Run Checks" }).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("treeitem").nth(1)).toHaveAccessibleName("Run Checks");
  await expect(page.getByRole("treeitem", { name: "Run Checks" }), "the row keeps the focus").toBeFocused();
  await tabTo(page, "Update");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The menu Main was updated.")).toBeVisible();
  await his.reload();
  expect((await menuLinks(his)).slice(0, 2)).toEqual(["Inbox", "Run Checks"]);

  await page.getByRole("button", { name: "Restore default" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
  await expect(page.getByText("The menu Main is as it was at first.")).toBeVisible();
  await his.reload();
  expect((await menuLinks(his)).slice(0, 2)).toEqual(["Run Checks", "Inbox"]);
});

async function tabTo(page: Page, button: string): Promise<void> {
  const wanted = page.getByRole("button", { name: button, exact: true });
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`The Tab key does not reach ${button}.`);
}
