import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

const unit = {
  globalSetup: ["tests/support/setup-global.ts"],
  setupFiles: ["tests/support/setup-next.ts"],
  sequence: { groupOrder: 1 },
};
/** Files that change or measure the process they run in get one of their own; the others share two, which takes a third of the time less. */
const alone = ["tests", "tests/mail"]
  .flatMap((folder) => readdirSync(root + folder).map((name) => `${folder}/${name}`))
  .filter((file) => file.endsWith(".test.ts"))
  .filter((file) => /\bvi\.(?:mock|spyOn|use)|process\.(?:env|cpuUsage)/.test(readFileSync(root + file, "utf8")));

const builtOnly = { maxWorkers: 1, testTimeout: 300_000, hookTimeout: 300_000 };

/**
 * `unit` and `unit-alone` need nothing built; `http` talks to the built application (see tests/support/setup-http.ts), `servers`
 * starts it in many ways and waits for what it does by itself: scripts/steps.mjs says which run side by side.
 */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: /^server-only$/, replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    environment: "node",
    maxWorkers: 2,
    // It imports "next/server", which Node.js itself does not find without the ending.
    server: { deps: { inline: ["next-auth"] } },
    // What takes a second alone takes twenty beside a build: a test that hangs is still noticed.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          ...unit,
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/{http,servers,e2e,samples}/**", ...alone],
          isolate: false,
        },
      },
      { extends: true, test: { ...unit, name: "unit-alone", include: alone } },
      {
        extends: true,
        test: {
          name: "http",
          include: ["tests/http/**/*.test.ts"],
          globalSetup: ["tests/support/setup-global.ts", "tests/support/setup-http.ts"],
          ...builtOnly,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "servers",
          include: ["tests/servers/**/*.test.ts"],
          globalSetup: ["tests/support/setup-global.ts", "tests/support/setup-servers.ts"],
          ...builtOnly,
          // They wait more than they work.
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
