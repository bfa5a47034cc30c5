import { ensureInstalled, requireNode } from "./install.mjs";
import { runSteps } from "./steps.mjs";

requireNode();
ensureInstalled({ dev: true });
await runSteps(["types", "lint", ["unit", "unit-alone"], "build", ["http-1", "http-2", "servers"], "browser"]);
