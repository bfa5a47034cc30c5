import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port";

const root = resolve(import.meta.dirname, "../..");
const next = join(root, "node_modules/next/dist/bin/next");
const bareCopy = join(root, "build/without-middleware");

/** A folder made by scripts/standalone.mjs, and the account to run it as. */
type Standalone = { folder: string; account?: { uid: number; gid: number } };
type Options = { env?: Record<string, string>; middleware?: boolean; standalone?: Standalone };

/**
 * Starts the built application on a free port, and waits until /api/health answers 200.
 * Without DATABASE_URL or DATA_DIR in `env` it keeps its data in a temporary folder that `stop` removes.
 * @param options.middleware false serves a copy of the build from which middleware.ts was taken out
 * @param options.standalone serves that folder as its own server does, in place of the build of this repository
 * @returns its address, what it has printed so far, how to signal and to stop it, and its exit code once it has ended
 * @throws when there is no build, or it is not healthy within a minute; with what the server printed
 */
export async function startServer({ env = {}, middleware = true, standalone }: Options = {}) {
  if (!existsSync(join(root, ".next/BUILD_ID"))) throw new Error("There is no build: run `node scripts/build.mjs`.");
  if (!middleware) copyWithoutMiddleware();
  const dataFolder = mkdtempSync(join(tmpdir(), "backupchecks-data-"));
  const port = await freePort();
  const command = standalone ? ["server.js"] : [next, "start", "-H", "127.0.0.1", "-p", String(port)];
  const child = spawn(process.execPath, command, {
    cwd: standalone?.folder ?? (middleware ? root : bareCopy),
    env: { ...serverEnv(dataFolder), HOSTNAME: "127.0.0.1", PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...standalone?.account,
  });
  const exitCode = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
  }
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  const stop = async () => {
    await end(child);
    process.off("exit", killNow);
    rmSync(dataFolder, { recursive: true, force: true });
  };

  const url = `http://127.0.0.1:${port}`;
  if (!(await isHealthy(url, child))) {
    await stop();
    throw new Error(`The server did not become healthy:\n${printed}`);
  }
  return { url, output: () => printed, signal: (name: NodeJS.Signals) => child.kill(name), exitCode, stop };
}

/** Only what a server needs: nothing of this process, and nothing of a `.env`, which may name a real database. */
export function serverEnv(dataFolder: string): Record<string, string> & { NODE_ENV: "production" } {
  const { PATH = "", HOME = "", TMPDIR = tmpdir() } = process.env;
  const unset = { DATABASE_URL: "", AUTH_URL: "", AUTH_SECRET: "", PASSWORD_PEPPER: "", TRUST_PROXY: "" };
  return { PATH, HOME, TMPDIR, ...unset, DATA_DIR: dataFolder, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
}

/** Below the root, so that the copy finds node_modules; made anew for each build, by the first of several that ask for it at once. */
function copyWithoutMiddleware() {
  const mark = ".next/BUILD_ID";
  const isCurrent = () =>
    existsSync(join(bareCopy, mark)) && readFileSync(join(bareCopy, mark)).equals(readFileSync(join(root, mark)));
  if (isCurrent()) return;
  const copy = `${bareCopy}.${process.pid}`;
  const notServed = ["cache", "dev", "standalone", "BUILD_ID"].map((name) => join(root, ".next", name));
  cpSync(join(root, ".next"), join(copy, ".next"), {
    recursive: true,
    filter: (source) => !notServed.includes(source),
  });
  for (const name of ["next.config.ts", "package.json", "drizzle", "build/workers", "docs/manual", "public"]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  takeMiddlewareOut(join(copy, ".next/server"));
  cpSync(join(root, mark), join(copy, mark));
  if (isCurrent()) return rmSync(copy, { recursive: true });
  rmSync(bareCopy, { recursive: true, force: true });
  renameSync(copy, bareCopy);
}

function takeMiddlewareOut(folder: string) {
  const manifest = join(folder, "functions-config-manifest.json");
  const { functions, ...rest } = JSON.parse(readFileSync(manifest, "utf8")) as { functions: Record<string, unknown> };
  const { "/_middleware": middleware, ...others } = functions;
  if (!middleware) throw new Error("The build has no middleware that could be taken out.");
  writeFileSync(manifest, JSON.stringify({ ...rest, functions: others }));
  rmSync(join(folder, "middleware.js"));
}

async function isHealthy(url: string, child: ChildProcess) {
  for (const startedAt = Date.now(); Date.now() - startedAt < 60_000; await sleep(100)) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
  }
  return false;
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(timer);
}
