import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ensureBuilt } from "./build.mjs";
import { requireNode, stop } from "./install.mjs";
import { root } from "./run.mjs";

export const standalone = join(root, "build", "standalone");

/**
 * Puts together a folder that runs by itself, without npm and without this repository: `node server.js`, and
 * `node admin.mjs <command>` for what `npm run admin` does. About 100 MB.
 * @returns {Promise<string>} the folder, build/standalone
 */
export async function makeStandalone() {
  if (!(await ensureBuilt())) stop("The application could not be built: see the lines above.");
  rmSync(standalone, { recursive: true, force: true });
  cpSync(join(root, ".next/standalone"), standalone, { recursive: true, verbatimSymlinks: true });
  // The framework leaves these to whoever has a server for static files in front.
  for (const folder of [".next/static", "public"])
    if (existsSync(join(root, folder))) cpSync(join(root, folder), join(standalone, folder), { recursive: true });
  for (const name of readdirSync(standalone))
    if (name.startsWith(".env") || name === ".data") rmSync(join(standalone, name), { recursive: true });
  await bundleAdmin();
  return standalone;
}

/** What packages written for CommonJS take for granted. */
const COMMONJS_NAMES = [
  'import { createRequire as requireFrom } from "node:module";',
  'import { fileURLToPath as pathOfUrl } from "node:url";',
  "const require = requireFrom(import.meta.url), __filename = pathOfUrl(import.meta.url);",
  'const __dirname = pathOfUrl(new URL(".", import.meta.url));',
].join("\n");

/** The commands for who owns the machine, in one file: there is no compiler beside it. */
async function bundleAdmin() {
  await build({
    absWorkingDir: root,
    entryPoints: ["lib/admin/main.ts"],
    outfile: join(standalone, "admin.mjs"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    conditions: ["react-server"],
    alias: { "@": root },
    external: ["@electric-sql/pglite", "piscina", "postgres", "pino"],
    banner: { js: COMMONJS_NAMES },
    logLevel: "warning",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  requireNode();
  console.log(`BackupChecks to run by itself: ${await makeStandalone()}`);
}
