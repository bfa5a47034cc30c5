import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { createDatabase, startPostgres } from "./tests/support/postgres";
import { serverEnv } from "./tests/support/server";

const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;
const inCI = Boolean(process.env.CI);
// Each size has a server and a database of its own, so that the story of the first start can be told in both; where there is a
// PostgreSQL, on it the one, embedded the other.
const sizes = [
  { name: "desktop", port: 3191, use: { viewport: { width: 1280, height: 800 } }, url: await postgresUrl() },
  { name: "phone", port: 3192, use: { viewport: { width: 390, height: 844 }, hasTouch: true }, url: "" },
];
const firstStory = /first-start\.spec\.ts/;
// What these tell is the same at every size; looks.spec.ts looks at their pages at both.
const toldOnce = /(data|hostile-mails|menus|overrides|reports|role-insight|users)\.spec\.ts/;

export default defineConfig({
  testDir: "tests/e2e",
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: inCI ? 1 : 0,
  forbidOnly: inCI,
  reporter: report ? [["list"], ["json", { outputFile: report }]] : "list",
  use: {
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "on-first-retry",
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: sizes.flatMap(({ name, port, use }) => {
    const common = { use: { ...use, baseURL: `http://127.0.0.1:${port}` } };
    return [
      { ...common, name: `${name}-first`, testMatch: firstStory },
      {
        ...common,
        name,
        testIgnore: name === "phone" ? [firstStory, toldOnce] : firstStory,
        dependencies: [`${name}-first`],
      },
    ];
  }),
  webServer: sizes.map(({ name, port, url }) => ({
    command: `node_modules/.bin/next start -H 127.0.0.1 -p ${port}`,
    url: `http://127.0.0.1:${port}/api/health`,
    env: { ...serverEnv(dataFolder(name)), DATABASE_URL: url },
    stdout: "ignore",
    stderr: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
  })),
});

/** Playwright reads this file again in each of its workers; the environment carries over what the first reading did. */
function once(variable: string, make: () => string): string {
  process.env[variable] ??= make();
  return process.env[variable];
}

/** @returns the URL of a database on a throw-away server, which ends with this process; "" where PostgreSQL is not installed. */
async function postgresUrl(): Promise<string> {
  if (process.env.POSTGRES_FOR_BROWSER === undefined) {
    const server = await startPostgres();
    process.env.POSTGRES_FOR_BROWSER = server ? await createDatabase(server.url, "browser_tests") : "";
  }
  return process.env.POSTGRES_FOR_BROWSER;
}

function findBrowser() {
  return once("BROWSER_FOR_TESTS", () =>
    execFileSync(process.execPath, ["scripts/browser.mjs"], { encoding: "utf8" }).trim(),
  );
}

function dataFolder(size: string) {
  return once(`DATA_FOR_${size}`, () => {
    const folder = mkdtempSync(join(tmpdir(), `backupchecks-${size}-`));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  });
}
