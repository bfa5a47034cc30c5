import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, run } from "./run.mjs";

const MARK = `${root}.next/sources.sha256`;
const SOURCE_FOLDERS = ["app", "components", "drizzle", "lib", "public"];
const SOURCE_FILES = [
  ...["instrumentation.ts", "instrumentation-client.ts", "middleware.ts", "next.config.ts", "postcss.config.mjs"],
  ...["package.json", "package-lock.json", "scripts/build-workers.mjs", "tsconfig.json"],
];

/**
 * Builds the workers and the application, unless this very state of the sources was built before.
 * @returns {Promise<boolean>} false when the build failed; its output is on the terminal
 */
export async function ensureBuilt() {
  const sources = hashOfSources();
  if (existsSync(MARK) && existsSync(`${root}build/workers`) && readFileSync(MARK, "utf8") === sources) return true;
  console.log("Building (again only after a change) ...");
  rmSync(MARK, { force: true });
  const { buildWorkers } = await import("./build-workers.mjs");
  await buildWorkers();
  if (!(await run("next", ["build"], { NODE_ENV: "production" }))) return false;
  writeFileSync(MARK, sources);
  return true;
}

function hashOfSources() {
  const hash = createHash("sha256");
  // Contents, not times, which every clone changes; and a build holds this key.
  hash.update(process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? "");
  for (const file of [...SOURCE_FILES, ...SOURCE_FOLDERS.flatMap(filesBelow)]) {
    if (existsSync(join(root, file))) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = (await ensureBuilt()) ? 0 : 1;
