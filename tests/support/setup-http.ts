import type { TestProject } from "vitest/node";
import { createDatabase } from "./postgres";
import { startServer } from "./server";
import { provideEnv } from "./setup-servers";

declare module "vitest" {
  interface ProvidedContext {
    /** The running application, started with `serverEnv`; `bare` is the same build without its middleware. */
    servers: { url: string; bare: string };
  }
}

/**
 * Before the tests in tests/http: builds if needed, and starts the application twice, with and without its middleware.
 * Both use one PostgreSQL database (`serverEnv.DATABASE_URL`); where there is none, each has an embedded one of its own.
 */
export default async function setUp(project: TestProject) {
  const postgres = process.env.TEST_POSTGRES_URL;
  const env = provideEnv(project, postgres && (await createDatabase(postgres, "http_tests")));
  const guarded = await startServer({ env });
  const bare = await startServer({ env, middleware: false });
  project.provide("servers", { url: guarded.url, bare: bare.url });
  return async () => {
    await Promise.all([guarded.stop(), bare.stop()]);
  };
}
