import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { startPostgres } from "./postgres";

/** Before all tests: the worker bundles, and one PostgreSQL for the whole run, whose URL stands in TEST_POSTGRES_URL. */
export default async function setUp() {
  await buildWorkers();
  if (process.env.TEST_POSTGRES_URL !== undefined) return;
  const server = await startPostgres();
  process.env.TEST_POSTGRES_URL = server?.url ?? "";
  return async () => {
    delete process.env.TEST_POSTGRES_URL;
    await server?.stop();
  };
}

async function buildWorkers() {
  const script = "scripts/build-workers.mjs";
  if (!existsSync(script)) return;
  const { buildWorkers } = (await import(pathToFileURL(script).href)) as { buildWorkers: () => Promise<void> };
  await buildWorkers();
}
