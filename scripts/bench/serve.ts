import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../tests/support/free-port";

const copy = path.resolve("build/bench");
const next = path.resolve("node_modules/next/dist/bin/next");
const sources = [
  "app",
  "components",
  "lib",
  "drizzle",
  "docs/manual",
  "build/workers",
  "middleware.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
];

/**
 * Builds a copy of the application that has one page more, which does nothing but be dynamic, and serves it: both kinds of
 * page on the same server in the same minute.
 */
export async function servePages(env: Record<string, string>): Promise<{ url: string; stop(): Promise<void> }> {
  rmSync(copy, { recursive: true, force: true });
  for (const source of sources) cpSync(source, path.join(copy, source), { recursive: true });
  mkdirSync(path.join(copy, "app/bare"));
  writeFileSync(path.join(copy, "app/bare/page.tsx"), "export default function Bare() {\n  return <p>hello</p>;\n}\n");
  const settings = {
    ...process.env,
    ...env,
    DATA_DIR: path.resolve(env.DATA_DIR ?? "."),
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  execFileSync(process.execPath, [next, "build"], { cwd: copy, env: settings, stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const child = spawn(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", String(port)], {
    cwd: copy,
    env: settings,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries++) {
    if ((await fetch(`${url}/api/health`).catch(() => null))?.ok) break;
    await sleep(100);
  }
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}
