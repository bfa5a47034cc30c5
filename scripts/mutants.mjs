import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ensureInstalled, requireNode, stop } from "./install.mjs";

/**
 * Plants one fault after the other in the code that decides who may do what, in copies of this folder, and looks whether
 * the tests notice. Not part of `npm test`. A part of a sentence as argument plants only what it describes.
 */

/** Quick ones first: most faults never reach the others. */
const STAGES = [
  ["tests/policy.test.ts"],
  ["tests/policy-doors.test.ts", "tests/scopes-account.test.ts"],
  ["tests/scopes.test.ts"],
  ["tests/access-model.test.ts"],
];
const WANTED = 0.95;

requireNode();
ensureInstalled({ dev: true });
const startedAt = Date.now();
const only = process.argv[2] ?? "";
const files = JSON.parse(readFileSync("scripts/mutants/list.json", "utf8"));
const mutants = Object.entries(files).flatMap(([file, faults]) => faults.map((fault) => ({ file, ...fault })));
const waiting = mutants.filter(({ why }) => why.includes(only));
const count = waiting.length;
const survivors = [];

const copies = Array.from({ length: Math.min(2, availableParallelism()) }, makeCopy);
process.on("exit", () => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
if (!(await passes(copies[0], STAGES.flat()))) stop("The tests fail without any fault.");
await Promise.all(copies.map(work));

const caught = count - survivors.length;
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
console.log(
  `\n${caught} of ${count} faults were noticed (${((100 * caught) / count).toFixed(1)} %) in ${minutes} minutes.`,
);
for (const { file, why } of survivors) console.log(`not noticed: ${file}: ${why}`);
process.exit(caught / count >= WANTED ? 0 : 1);

/** Everything that is under version control or new, with the packages of this folder. */
function makeCopy() {
  const copy = mkdtempSync(join(tmpdir(), "backupchecks-mutants-"));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    maxBuffer: 1e8,
  });
  for (const file of listed.toString().split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(file, join(copy, file));
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  return copy;
}

async function work(copy) {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const { file, find, replace, why } = mutant;
    const path = join(copy, file);
    const text = readFileSync(path, "utf8");
    if (text.split(find).length !== 2) stop(`"${why}" does not fit ${file} any more.`);
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
    const stage = await firstToNotice(copy, file);
    writeFileSync(path, text);
    if (!stage) survivors.push(mutant);
    console.log(`${stage ? `noticed by ${stage}` : "NOT NOTICED"}: ${file}: ${why}`);
  }
}

/** The first stage knows nothing of databases and requests. */
function isPure(file) {
  return /\/(marks|policy)\.ts$/.test(file);
}

async function firstToNotice(copy, file) {
  for (const tests of isPure(file) ? STAGES : STAGES.slice(1))
    if (!(await passes(copy, tests))) return tests.join(" or ");
  return null;
}

/** No test needs a PostgreSQL here: an empty address says that there is none. */
function passes(copy, tests) {
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const args = ["run", "--project", "unit*", "--bail", "1", "--reporter", "dot", "--maxWorkers", "1", ...tests];
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: copy,
    stdio: "ignore",
    env: { ...process.env, NODE_ENV: "test", TEST_POSTGRES_URL: "" },
  });
  return new Promise((done) => child.on("exit", (code) => done(code === 0)));
}
