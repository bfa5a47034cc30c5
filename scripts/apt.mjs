import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * Installs Debian packages, where that is possible without asking anybody: as root, with apt-get.
 * @param {string[]} names
 * @returns {boolean} whether they are installed now
 */
export function aptInstall(names) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  console.error(`Installing ${names.join(", ")} with apt-get ...`);
  run(["update", "-qq"]);
  return run(["install", "-y", "-qq", "--no-install-recommends", ...names]);
}

function run(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // The output goes to stderr: callers read stdout.
  return spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], env }).status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = aptInstall(process.argv.slice(2)) ? 0 : 1;
}
