import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { run } from "./run.mjs";

const STEPS = {
  types: async () => (await run("next", ["typegen"])) && (await run("tsc", ["--noEmit"])),
  lint: () => run("biome", ["check", "--error-on-warnings"]),
  unit: (report) => runVitest("unit", report),
  build: () => ensureBuilt(),
  http: (report) => runVitest("http", report),
  browser: (report) => run("playwright", ["test"], { PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
};

/**
 * Runs steps one after the other until one fails; prints what took how long, and as the very last line
 * "N passed, N failed", summed over all test runners. Ends the process with 1 when a step failed.
 * @param {(keyof STEPS)[]} names
 */
export async function runSteps(names) {
  const reports = mkdtempSync(join(tmpdir(), "backupchecks-reports-"));
  const done = [];
  for (const name of names) {
    console.log(`\n== ${name}`);
    const startedAt = Date.now();
    const report = join(reports, `${name}.json`);
    const ok = await STEPS[name](report);
    done.push({ name, ok, seconds: Math.round((Date.now() - startedAt) / 1000), ...countTests(report) });
    if (!ok) break;
  }
  rmSync(reports, { recursive: true });
  printSummary(done, names);
  process.exit(done.every((step) => step.ok) ? 0 : 1);
}

function runVitest(project, report) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return run("vitest", ["run", "--project", project, ...reporters], { NODE_ENV: "test" });
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
  const broken = done.find((step) => !step.ok);
  console.log("");
  for (const { name, ok, seconds, passed } of done) {
    console.log(
      `${ok ? "ok    " : "FAILED"} ${name.padEnd(8)} ${String(seconds).padStart(4)} s${passed ? `  ${passed} passed` : ""}`,
    );
  }
  for (const name of names.slice(done.length)) console.log(`not run ${name}`);
  // A step that fails without a failed test (types, lint, build, a crash) counts as one.
  const failed = sum("failed") + (broken && !broken.failed ? 1 : 0);
  console.log(`${sum("passed")} passed, ${failed} failed${sum("skipped") ? `, ${sum("skipped")} skipped` : ""}`);
}
