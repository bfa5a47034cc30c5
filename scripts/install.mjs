import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { root } from "./run.mjs";

const OLDEST_NODE = [20, 19];

/** Ends the process with one sentence when this Node is too old for the packages. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  stop(`BackupChecks needs Node.js ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
}

/**
 * Installs what package-lock.json says, when node_modules does not hold it already.
 * @param {{dev: boolean}} what whether the packages for tests are needed too
 */
export function ensureInstalled({ dev }) {
  if (isInstalled(dev)) return;
  console.log("Installing packages ...");
  const args = ["ci", "--loglevel=error", "--no-audit", "--no-fund", ...(dev ? ["--include=dev"] : [])];
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const { status } = spawnSync(npm[0], [...npm.slice(1), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: npm.length === 1 && process.platform === "win32",
  });
  if (status !== 0) stop("The packages could not be installed: see the lines above.");
}

/** Compares contents, not times: a clone, a branch switch and a copy all change times. */
function isInstalled(dev) {
  const installedFile = `${root}node_modules/.package-lock.json`;
  if (!existsSync(installedFile)) return false;
  const installed = packagesIn(installedFile);
  const wanted = Object.entries(packagesIn(`${root}package-lock.json`)).filter(([path]) => path !== "");
  return wanted.every(([path, { version, optional, dev: forTests }]) => {
    const present = installed[path];
    return present ? present.version === version : optional || (forTests && !dev);
  });
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** Ends the process with a sentence for the person at the terminal. */
export function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
