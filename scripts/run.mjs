import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Starts a program of node_modules/.bin in the project's folder, without telemetry, on this terminal.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] variables in place of or besides the present ones; undefined takes one away
 */
export function start(program, args, env = {}) {
  return spawn(`${root}node_modules/.bin/${program}`, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
}

/** The same, waited for. @returns {Promise<boolean>} whether it ended well */
export function run(program, args, env) {
  return new Promise((resolve, reject) => {
    start(program, args, env)
      .once("error", reject)
      .once("exit", (code) => resolve(code === 0));
  });
}

/** Hands the signals that ask a program to end on to a child, and ends with the child's own exit code. */
export function endTogether(child) {
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  // Ctrl-C reaches the child by itself; a second signal would cut its clean end short.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  // The shell that npm puts in between does not pass signals on: when it is gone, this process has another parent.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || child.kill("SIGTERM"), 200).unref();
  child.once("exit", (code, signal) => process.exit(code ?? (signal ? 0 : 1)));
}
