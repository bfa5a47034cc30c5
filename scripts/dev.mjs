import { ensureInstalled, requireNode } from "./install.mjs";
import { endTogether, start } from "./run.mjs";

requireNode();
ensureInstalled({ dev: true });
const { buildWorkers } = await import("./build-workers.mjs");
await buildWorkers();
endTogether(start("next", ["dev", "-p", process.env.PORT || "3000"]));
