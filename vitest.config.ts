import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const nextSetup = `${root}tests/support/setup-next.ts`;

const builtOnly = { maxWorkers: 1, testTimeout: 300_000, hookTimeout: 300_000 };

/**
 * `unit` needs nothing built; `http` talks to the built application (see tests/support/setup-http.ts), `servers` starts it in many ways
 * and waits for what it does by itself: scripts/steps.mjs runs these two side by side.
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
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/{http,servers,e2e,samples}/**"],
          globalSetup: ["tests/support/setup-global.ts"],
          setupFiles: existsSync(nextSetup) ? [nextSetup] : [],
          sequence: { groupOrder: 1 },
        },
      },
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
