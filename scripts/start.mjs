import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, requireNode, stop } from "./install.mjs";
import { endTogether, root, start } from "./run.mjs";

requireNode();
if (existsSync(`${root}.env`)) process.loadEnvFile(`${root}.env`);
const port = Number(process.env.PORT || 3000);
const host = process.env.HOST || undefined;
await requirePort();
ensureInstalled({ dev: false });
if (!(await ensureBuilt())) stop("The application could not be built: see the lines above.");

const server = start("next", ["start", "-p", String(port), ...(host ? ["-H", host] : [])], { NODE_ENV: "production" });
endTogether(server);
await announce();

/** Asked before the minutes of installing and building, not after. */
async function requirePort() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    stop(`PORT is "${process.env.PORT}": a number up to 65535 is needed.`);
  const problem = await new Promise((resolve) => {
    const probe = createServer().once("error", (error) => resolve(error.code));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
  if (problem === "EADDRINUSE")
    stop(`Port ${port} is in use. Stop what uses it, or choose another: PORT=3001 npm start`);
  if (problem) stop(`The server cannot listen on ${host ?? "this machine"}, port ${port} (${problem}).`);
}

async function announce() {
  const everywhere = !host || host === "0.0.0.0" || host === "::";
  const address = `http://${everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
  let lastAnswer = "no answer yet";
  for (let tries = 1; ; tries++) {
    const answer = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    if (answer?.ok) return console.log(`BackupChecks is ready: ${address}`);
    if (answer) lastAnswer = `it answers ${answer.status}: ${(await answer.text()).slice(0, 200)}`;
    if (tries === 120) console.error(`Still waiting for ${address}/api/health: ${lastAnswer}`);
    await sleep(250);
  }
}
