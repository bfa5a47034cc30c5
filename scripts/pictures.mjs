import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, requireNode, stop } from "./install.mjs";
import { root, run, start } from "./run.mjs";

// The pictures of the manual, taken from a demo in a folder of its own: `npm run docs:pictures`, or only some by their names.
requireNode();
ensureInstalled({ dev: true });
const { takePictures } = await import("./pictures/take.mjs");
const folder = mkdtempSync(join(tmpdir(), "backupchecks-pictures-"));
Object.assign(process.env, { DATA_DIR: folder, DATABASE_URL: "", AUTH_URL: "", NODE_ENV: "production" });
let server = null;
try {
  if (!(await ensureBuilt())) stop("The application could not be built: see the lines above.");
  if (!(await run("tsx", ["--conditions=react-server", "scripts/pictures/fill.ts", join(folder, "demo.json")])))
    stop("The demo for the pictures could not be filled: see the lines above.");
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  server = start("next", ["start", "-H", "127.0.0.1", "-p", String(port)]);
  await untilReady(base);
  const demo = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8"));
  await takePictures({ base, ...demo, only: process.argv.slice(2), folder: join(root, "docs/manual/pictures") });
} finally {
  server?.kill("SIGTERM");
  if (server && server.exitCode === null) await new Promise((resolve) => server.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilReady(base) {
  for (let tries = 0; tries < 240; tries++) {
    if ((await fetch(`${base}/api/health`).catch(() => null))?.ok) return;
    await sleep(250);
  }
  throw new Error("The server did not become ready within a minute.");
}
