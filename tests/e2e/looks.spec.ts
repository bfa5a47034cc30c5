import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { pages } from "@/lib/access/registry";
import { expectNoSidewaysScroll, passwords, signIn } from "./support";

const signedIn = pages.filter(({ gate }) => gate !== "public").map(({ path }) => path);
const lists = signedIn.filter((path) => signedIn.some((other) => other === `${path}/[id]`));

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("axe finds nothing on any page, and no page scrolls sideways", async ({ page }) => {
      test.setTimeout(240_000);
      await page.goto("/login");
      await examine(page, "/login");
      await signIn(page, "ada", passwords.ada);
      for (const path of signedIn) {
        const address = await existing(page, path);
        expect((await page.goto(address))?.status(), address).toBe(200);
        await examine(page, address);
      }
      for (const path of lists) {
        await page.goto(`${path}?q=nothing-is-called-like-this`);
        await examine(page, `${path} without a result`);
      }
      await page.goto("/customers/none");
      await examine(page, "what does not exist");
    });
  });
}

/** Frames hold mails, in which no script runs, axe neither. */
async function examine(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  expect.soft(found, name).toEqual([]);
  await expectNoSidewaysScroll(page);
}

/** @returns an address of a page that exists: for one row of something, the first link in the list that leads to one. */
async function existing(page: Page, path: string): Promise<string> {
  if (!path.endsWith("/[id]")) return path;
  const noun = path.slice(0, -"/[id]".length);
  await page.goto(noun === "/runs" ? await existing(page, "/jobs/[id]") : noun);
  const link = page.locator(`main a[href^="${noun}/"]`).filter({ visible: true }).first();
  return (await link.getAttribute("href")) ?? "";
}
