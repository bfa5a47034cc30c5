import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vitest/config";
import shared from "../../vitest.config";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Measures queries as tests call them: with what the framework offers played by a plain object. */
export default mergeConfig(
  { ...shared, test: { ...shared.test, projects: undefined } },
  defineConfig({
    root,
    test: {
      include: ["scripts/bench/*.bench.ts"],
      globalSetup: ["tests/support/setup-global.ts"],
      setupFiles: ["tests/support/setup-next.ts"],
      testTimeout: 600_000,
      hookTimeout: 600_000,
      disableConsoleIntercept: true,
    },
  }),
);
