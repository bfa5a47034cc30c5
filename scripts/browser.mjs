import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { aptInstall } from "./apt.mjs";
import { stop } from "./install.mjs";

const DEBIAN = "/usr/bin/chromium";

/**
 * The Chromium for tests: Playwright's own, CHROME_PATH, Debian's, or Debian's after installing it.
 * Ends the process with one sentence when there is none.
 * @returns {string} the path of the program
 */
export function findBrowser() {
  const candidates = [chromium.executablePath(), process.env.CHROME_PATH, DEBIAN];
  const found = candidates.find((path) => path && existsSync(path));
  if (found) return found;
  if (aptInstall(["chromium"]) && existsSync(DEBIAN)) return DEBIAN;
  return stop("No Chromium for the browser tests: run `npx playwright install chromium`, or set CHROME_PATH to one.");
}

// As a program it prints the path.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(findBrowser());
