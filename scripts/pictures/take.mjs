import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findBrowser } from "../browser.mjs";
import { pictures } from "./list.mjs";

const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const themes = ["light", "dark"];
const flags = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/**
 * Takes each picture of the list at two sizes in two themes; without `only`, files of no entry are removed.
 * @param {{base: string, ids: Record<string, string>, passwords: Record<string, string>, only?: string[], folder: string}} what
 *   ids and passwords: those that scripts/pictures/fill.ts has written
 */
export async function takePictures({ base, ids, passwords, only = [], folder }) {
  const wanted = pictures.filter(({ name }) => only.length === 0 || only.includes(name));
  if (wanted.length === 0) throw new Error(`There is no picture ${only.join(", ")}.`);
  mkdirSync(folder, { recursive: true });
  if (only.length === 0) removeOthers(folder);
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...flags],
  });
  const states = new Map();
  try {
    for (const picture of wanted) {
      for (const [size, look] of Object.entries(sizes)) {
        for (const theme of themes) {
          const context = await browser.newContext({
            ...look,
            baseURL: base,
            colorScheme: theme,
            locale: "en-GB",
            timezoneId: "UTC",
            reducedMotion: "reduce",
            storageState: await stateOf(browser, states, { base, passwords, ...picture }),
          });
          const file = `${picture.name}-${size}-${theme}.png`;
          const bytes = await take(context, picture, ids, size).catch((error) => {
            throw new Error(`${file}: ${error.message}`, { cause: error });
          });
          writeFileSync(join(folder, file), bytes);
          console.log(`${file.padEnd(40)} ${Math.round(bytes.length / 1024)} KiB`);
          await context.close();
        }
      }
    }
  } finally {
    await browser.close();
  }
}

function removeOthers(folder) {
  const names = new Set(
    pictures.flatMap(({ name }) =>
      Object.keys(sizes).flatMap((size) => themes.map((theme) => `${name}-${size}-${theme}.png`)),
    ),
  );
  for (const file of readdirSync(folder)) if (!names.has(file)) rmSync(join(folder, file));
}

/** One session for each person and role; a picture that changes its session gets one of its own. */
async function stateOf(browser, states, { base, passwords, as, role, changesSession }) {
  const key = `${as} ${role}`;
  if (states.has(key) && !changesSession) return states.get(key);
  const context = await browser.newContext({ baseURL: base });
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByLabel("Username").fill(as);
  await page.getByLabel("Password", { exact: true }).fill(passwords[as]);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/dashboard");
  const selector = page.getByLabel("Active role");
  if ((await selector.count()) > 0 && (await selector.locator("option:checked").textContent()) !== role) {
    const [next] = await Promise.all([page.waitForEvent("domcontentloaded"), selector.selectOption({ label: role })]);
    await next.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  }
  const state = await context.storageState();
  await context.close();
  if (!changesSession) states.set(key, state);
  return state;
}

async function take(context, { path, prepare }, ids, size) {
  const page = await context.newPage();
  const answer = await page.goto(typeof path === "function" ? path(ids) : path, { waitUntil: "load" });
  if (!answer?.ok()) throw new Error(`${page.url()} answers ${answer?.status()}`);
  await prepare?.(page, size);
  // What comes late has taken the place of its stand-in.
  await page.waitForFunction(() => document.querySelector("main .animate-pulse") === null);
  await page.evaluate(() => document.fonts.ready);
  return page.screenshot({ animations: "disabled", caret: "hide" });
}
