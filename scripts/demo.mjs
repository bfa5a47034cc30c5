import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, requireNode, stop } from "./install.mjs";
import { root, run } from "./run.mjs";

// A filled copy to play with, in a place of its own: `npm start` later finds its own data as it was.
requireNode();
if (existsSync(`${root}.env`)) process.loadEnvFile(`${root}.env`);
process.env.DATA_DIR = join(root, ".data", "demo");
process.env.DATABASE_URL = process.env.DEMO_DATABASE_URL ?? "";
// Its passwords are known to everybody, so it is for this machine alone unless asked otherwise.
process.env.HOST ||= "127.0.0.1";
ensureInstalled({ dev: false });
if (!(await ensureBuilt())) stop("The application could not be built: see the lines above.");
console.log("Preparing the demo ...");
if (!(await run("tsx", ["--conditions=react-server", "scripts/demo-fill.ts"]))) stop("The demo was not started.");
await import("./start.mjs");
