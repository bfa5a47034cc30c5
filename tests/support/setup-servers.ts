import { execFileSync } from "node:child_process";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** What servers are started with in tests. Without PostgreSQL there is no `DATABASE_URL`. */
    serverEnv: Record<string, string>;
  }
}

const secrets = { AUTH_SECRET: "only-for-tests-".repeat(3), PASSWORD_PEPPER: "only-for-tests-too-".repeat(2) };

/** Before the tests in tests/servers, each of which starts servers of its own, on databases of its own: builds if needed. */
export default async function setUp(project: TestProject) {
  provideEnv(project, process.env.TEST_POSTGRES_URL);
}

/** @param url of the PostgreSQL to use, or of the server on which databases can be made. @returns what it provides. */
export function provideEnv(project: TestProject, url: string | undefined): Record<string, string> {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  const env = { ...secrets, ...(url && { DATABASE_URL: url }) };
  project.provide("serverEnv", env);
  return env;
}
