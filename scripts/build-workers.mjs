import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const sources = ["lib/mail/parse.worker.ts", "lib/auth/hash.worker.ts", "lib/reports/pdf.worker.ts"];

/**
 * Bundles the code that runs in worker threads into build/workers/<name>.cjs, each file with all it needs.
 * CommonJS, because the bundled packages call require().
 */
export async function buildWorkers() {
  const { outputFiles } = await build({
    write: false,
    absWorkingDir: root,
    entryPoints: sources.filter((source) => existsSync(path.join(root, source))),
    outdir: "build/workers",
    entryNames: "[name]",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    alias: { "@": root },
    loader: { ".ttf": "binary" },
    // Some packages ask where they are, to find files beside them that are never needed here.
    banner: { js: "const __fileUrl = require('node:url').pathToFileURL(__filename).href;" },
    define: { "import.meta.url": "__fileUrl" },
    logLevel: "warning",
  });
  // Put in place whole: another process may build the same, or start from them, at this moment.
  for (const { path: file, contents } of outputFiles) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, contents);
    renameSync(`${file}.${process.pid}`, file);
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await buildWorkers();
