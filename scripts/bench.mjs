import { ensureInstalled, requireNode, stop } from "./install.mjs";
import { run } from "./run.mjs";

// Not part of `npm test`: its figures are ratios within one run, for people to read.
requireNode();
ensureInstalled({ dev: true });
const { buildWorkers } = await import("./build-workers.mjs");
await buildWorkers();
if (!(await run("tsx", ["--conditions=react-server", "scripts/bench/bench.ts"]))) stop("The bench did not finish.");
if (!(await run("tsx", ["scripts/bench/month.ts"]))) stop("The month of missed runs did not finish.");
if (!(await run("vitest", ["run", "--config", "scripts/bench/vitest.config.ts"])))
  stop("A query is slower than it should be.");
