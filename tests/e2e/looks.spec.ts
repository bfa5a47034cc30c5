import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { pages } from "@/lib/access/registry";
import { expectNoSidewaysScroll, passwords, signIn } from "./support";

const signedIn = pages.filter(({ gate }) => gate !== "public").map(({ path }) => path);
const lists = signedIn.filter((path) => signedIn.some((other) => other === `${path}/[id]`));

// Beside each other: each part takes its own pages, and a page with a scan in both themes takes seconds.
test.describe.configure({ mode: "parallel" });
const PARTS = 3;

for (let part = 0; part < PARTS; part++) {
  const mine = (_: unknown, at: number) => at % PARTS === part;

  test(`axe finds nothing in either theme, and nothing scrolls sideways: part ${part + 1} of all pages`, async ({
    page,
  }) => {
    test.setTimeout(300_000);
    await page.goto("/login");
    if (part === 0) await examine(page, "/login");
    await signIn(page, "ada", passwords.ada);
    for (const path of signedIn.filter(mine)) {
      const address = await existing(page, path);
      expect((await page.goto(address))?.status(), address).toBe(200);
      await examine(page, address);
    }
    for (const path of lists.filter(mine)) {
      await page.goto(`${path}?q=nothing-is-called-like-this`);
      await examine(page, `${path} without a result`);
    }
    if (part > 0) return;
    await page.goto("/customers/none");
    await examine(page, "what does not exist");
  });
}

async function examine(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.evaluate(thinOut);
  await page.emulateMedia({ colorScheme: "light" });
  // Colours are the same at every size, and looking at them takes most of the time.
  if (test.info().project.name === "phone")
    return expect.soft(await violations(axe(page).disableRules("color-contrast")), name).toEqual([]);
  expect.soft(await violations(axe(page)), name).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect.soft(await violations(axe(page).withRules("color-contrast")), `${name}, dark`).toEqual([]);
}

/** In the page itself, which has no frames any more: otherwise each scan opens a page of its own and takes half as long again. */
const axe = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode().options({ preload: false, resultTypes: ["violations"] });

/**
 * Frames hold mails; no script runs in them, axe neither, and it would wait for them. Of what repeats the first dozen speaks for the
 * rest: 200 rows take ten times as long.
 */
function thinOut(): void {
  for (const frame of document.querySelectorAll("iframe")) frame.remove();
  for (const parent of document.querySelectorAll("main, main *")) {
    const seen = new Map<string, number>();
    for (const child of [...parent.children]) {
      const kind = `${child.tagName} ${child.getAttribute("class")}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      if ((seen.get(kind) ?? 0) > 12) child.remove();
    }
  }
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  const found = (await axe.analyze()).violations;
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

/** @returns an address of a page that exists: for one row of something, the first link in the list that leads to one. */
async function existing(page: Page, path: string): Promise<string> {
  if (!path.endsWith("/[id]")) return path;
  const noun = path.slice(0, -"/[id]".length);
  if (noun === "/settings/parsers/reparses") return newReparse(page);
  await page.goto(noun === "/runs" ? await existing(page, "/jobs/[id]") : noun);
  const link = page.locator(`main a[href^="${noun}/"]`).filter({ visible: true }).first();
  return (await link.getAttribute("href")) ?? "";
}

/** Mails are read once more only when somebody asks for it. */
async function newReparse(page: Page): Promise<string> {
  await page.goto("/settings/parsers");
  await page.getByRole("button", { name: "Read once more" }).click();
  await page.waitForURL(/\/settings\/parsers\/reparses\//);
  return new URL(page.url()).pathname;
}
