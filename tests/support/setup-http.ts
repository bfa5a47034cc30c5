import { execFileSync } from "node:child_process";
import type { TestProject } from "vitest/node";
import { createDatabase } from "./postgres";
import { startServer } from "./server";

declare module "vitest" {
  interface ProvidedContext {
    /** The running application; `bare` is the same build without its middleware. `env` is what both were started with. */
    servers: { url: string; bare: string; env: Record<string, string> };
  }
}

/**
 * Before the tests in tests/http: builds if needed, and starts the application twice, with and without its middleware.
 * Both use one PostgreSQL database (`env.DATABASE_URL`); where there is none, each has an embedded one of its own.
 */
export default async function setUp(project: TestProject) {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  const secrets = { AUTH_SECRET: "only-for-tests-".repeat(3), PASSWORD_PEPPER: "only-for-tests-too-".repeat(2) };
  const postgres = process.env.TEST_POSTGRES_URL;
  const env = { ...secrets, ...(postgres && { DATABASE_URL: await createDatabase(postgres, "http_tests") }) };
  const guarded = await startServer({ env });
  const bare = await startServer({ env, middleware: false });
  project.provide("servers", { url: guarded.url, bare: bare.url, env });
  return async () => {
    await Promise.all([guarded.stop(), bare.stop()]);
  };
}
