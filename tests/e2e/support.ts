import { type Browser, expect, type Locator, type Page } from "@playwright/test";

/** Passwords of the people in the stories. */
export const passwords = { ada: "plum-tractor-sixteen-moons", other: "copper-lantern-forty-owls" };

/** Opens a browser of one's own for somebody and signs in. */
export async function enter(browser: Browser, username: string, password = passwords.other): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, username, password);
  return page;
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
}

/** Makes a user on the user page, as an administrator. */
export async function createUser(page: Page, username: string, ...roles: string[]): Promise<void> {
  await page.goto("/settings/users");
  await page.getByLabel("Username", { exact: true }).fill(username);
  await page.getByLabel("Password", { exact: true }).fill(passwords.other);
  const boxes = page.getByRole("group", { name: "Roles", exact: true });
  for (const role of roles) await boxes.getByLabel(role, { exact: true }).check();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByText(`User ${username} was created.`)).toBeVisible();
}

/** @returns the row or card of a user, found by search. */
export async function userItem(page: Page, username: string): Promise<Locator> {
  await page.goto(`/settings/users?q=${username}`);
  const item = page.getByRole("group", { name: username, exact: true });
  await expect(item).toBeVisible();
  return item;
}

/** Switches the active role in the navigation bar, and waits for the new document. */
export async function switchRole(page: Page, role: string): Promise<void> {
  const loaded = page.waitForEvent("load");
  await page.getByLabel("Active role").selectOption({ label: role });
  await loaded;
  await expect(page).toHaveURL(/\/dashboard$/);
}

/** @returns a name that no other story uses: both sizes and retries share nothing but the server of their size. */
export const unique = (name: string): string => `${name}-${Math.random().toString(36).slice(2, 8)}`;

/** @returns the links of the main menu as one sees them; on a phone they stand in a drawer. */
export async function menuLinks(page: Page): Promise<string[]> {
  const opener = page.getByRole("button", { name: "Open menu" });
  const isPhone = await opener.isVisible();
  if (isPhone) await opener.click();
  const links = await page.getByRole("navigation", { name: "Main" }).getByRole("link").allTextContents();
  if (isPhone) await page.getByRole("button", { name: "Close menu" }).click();
  return links.map((text) => text.replace(/\d.*$/, "").trim());
}

/** The page itself never scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
}
