import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { run } from "./run.mjs";

const STEPS = {
  types: async () => (await run("next", ["typegen"])) && (await run("tsc", ["--noEmit"])),
  lint: () => run("biome", ["check", "--error-on-warnings"]),
  unit: (report) => runVitest("unit", report),
  "unit-alone": (report) => runVitest("unit-alone", report),
  build: () => ensureBuilt(),
  // In two halves, each with servers and a database of its own: alone it would leave a core idle.
  "http-1": (report) => runVitest("http", report, "--shard=1/2"),
  "http-2": (report) => runVitest("http", report, "--shard=2/2"),
  servers: (report) => runVitest("servers", report),
  browser: (report) => run("playwright", ["test"], { PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
};

/**
 * Runs steps one after the other until one fails, those of a list in the list side by side; prints what took how long, and as the very last line
 * "N passed, N failed", summed over all test runners. Ends the process with 1 when a step failed.
 * @param {(keyof typeof STEPS | (keyof typeof STEPS)[])[]} names
 */
export async function runSteps(names) {
  const reports = mkdtempSync(join(tmpdir(), "backupchecks-reports-"));
  const done = [];
  for (const name of names) {
    done.push(...(await Promise.all([name].flat().map((one) => runStep(one, reports)))));
    if (!done.every(({ ok }) => ok)) break;
  }
  rmSync(reports, { recursive: true });
  printSummary(done, names.flat());
  process.exit(done.every((step) => step.ok) ? 0 : 1);
}

async function runStep(name, reports) {
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  const report = join(reports, `${name}.json`);
  const ok = await STEPS[name](report);
  return { name, ok, seconds: Math.round((Date.now() - startedAt) / 1000), ...countTests(report) };
}

function runVitest(project, report, ...more) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return run("vitest", ["run", "--project", project, ...reporters, ...more], { NODE_ENV: "test" });
}

/** Understands vitest's and Playwright's JSON reports; no report means no tests. */
function countTests(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const { stats, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  if (stats) return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

function printSummary(done, names) {
  const sum = (key) => done.reduce((total, step) => total + step[key], 0);
  console.log("");
  for (const { name, ok, seconds, passed } of done) {
    console.log(
      `${ok ? "ok    " : "FAILED"} ${name.padEnd(10)} ${String(seconds).padStart(4)} s${passed ? `  ${passed} passed` : ""}`,
    );
  }
  for (const name of names.slice(done.length)) console.log(`not run ${name}`);
  // A step that fails without a failed test (types, lint, build, a crash) counts as one.
  const failed = sum("failed") + done.filter((step) => !step.ok && !step.failed).length;
  console.log(`${sum("passed")} passed, ${failed} failed${sum("skipped") ? `, ${sum("skipped")} skipped` : ""}`);
}
