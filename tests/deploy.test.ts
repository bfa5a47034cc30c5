import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { tasks } from "@/lib/tasks/registry";
import { freePort } from "./support/free-port";
import { parseYaml } from "./support/yaml";

const read = (file: string) => readFileSync(file, "utf8");

/** How often a timetable of such a host calls a task that is due every so many seconds: not more often than each minute. */
function scheduleOf(everySeconds: number): RegExp {
  const minutes = Math.max(1, Math.round(everySeconds / 60));
  if (minutes === 1) return /^\* \* \* \* \*$/;
  if (minutes < 60) return new RegExp(`^\\*/${minutes} \\* \\* \\* \\*$`);
  const hours = Math.round(minutes / 60);
  // At any minute: not all of them at the full hour.
  if (hours < 24) return new RegExp(`^\\d+ ${hours === 1 ? "\\*" : `\\*/${hours}`} \\* \\* \\*$`);
  return /^\d+ \d+ \* \* \*$/;
}

test("the timetable of hosts without long-lived processes calls every task as often as it is due", () => {
  const { crons } = JSON.parse(read("vercel.json")) as { crons: { path: string; schedule: string }[] };
  // It keeps connections open, which such a host would only charge for.
  const useless = ["watch-mailboxes"];
  const useful = tasks.filter(({ name }) => !useless.includes(name));
  expect(crons.map(({ path }) => path).sort()).toEqual(useful.map(({ name }) => `/api/cron/${name}`).sort());
  for (const { name, everySeconds } of useful)
    expect(crons.find(({ path }) => path.endsWith(`/${name}`))?.schedule, name).toMatch(scheduleOf(everySeconds));
});

test("limits are set for routes that exist", () => {
  const { functions } = JSON.parse(read("vercel.json")) as { functions: Record<string, unknown> };
  expect(Object.keys(functions).filter((glob) => !existsSync(glob.replace(/\/\*\*$/, "")))).toEqual([]);
});

test("every variable that the product reads stands in .env.example", () => {
  const schema = /z\.object\(\{([\s\S]*?)\n\}\)/.exec(read("lib/env.ts"))?.[1] ?? "";
  const names = [...schema.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name ?? "");
  expect(names).toContain("DATABASE_URL");
  expect(names.filter((name) => !new RegExp(`^#${name}=`, "m").test(read(".env.example")))).toEqual([]);
});

test("the unit of systemd runs as an account of its own, and waits longer than a stop takes", () => {
  const unit = read("deploy/backupchecks.service");
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1];
  expect(value("User")).not.toBe("root");
  expect(value("ExecStart")).toBe("/usr/bin/node server.js");
  expect(Number(value("TimeoutStopSec"))).toBeGreaterThan(10);
  expect(value("Environment=DATA_DIR")).toBe(`/var/lib/${value("StateDirectory")}`);
});

describe("the container", () => {
  const lines = read("Dockerfile")
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
  const all = (instruction: string) =>
    lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));
  const letIn = read(".dockerignore")
    .split("\n")
    .flatMap((line) => (line.startsWith("!") ? line.slice(1) : []));

  test("is built from files that are there and that the build is given", () => {
    const copies = all("COPY").filter((copy) => !copy.startsWith("--from"));
    const sources = copies.flatMap((copy) => copy.split(" ").slice(0, -1));
    expect(sources).toContain("package-lock.json");
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    expect(sources.filter((source) => source !== "." && !letIn.includes(source))).toEqual([]);
    const [build = ""] = /const SOURCE_FOLDERS[\s\S]*?^\/\*\*/m.exec(read("scripts/build.mjs")) ?? [];
    const needed = [...build.matchAll(/"([\w.-]+)"/g)].flatMap(([, name = ""]) => (existsSync(name) ? name : []));
    expect(needed).toEqual(expect.arrayContaining(["app", "lib", "drizzle", "next.config.ts", "package-lock.json"]));
    expect([...needed, "docs", "scripts", ".npmrc"].filter((name) => !letIn.includes(name))).toEqual([]);
    expect(letIn.filter((name) => /^\.env|\.data|tests|\.git/.test(name))).toEqual([]);
  });

  test("takes from the first stage what scripts/standalone.mjs makes, and runs it as nobody special", () => {
    const stages = all("FROM");
    expect(stages.every((stage) => /^node:20-bookworm-slim( AS \w+)?$/.test(stage))).toBe(true);
    expect(all("COPY").filter((copy) => copy.startsWith("--from=build "))).toContain(
      "--from=build /src/build/standalone ./",
    );
    expect(read("scripts/standalone.mjs")).toContain('join(root, "build", "standalone")');
    const last = lines.slice(lines.lastIndexOf(`FROM ${stages.at(-1)}`));
    expect(last.filter((line) => line.startsWith("USER"))).toEqual(["USER node"]);
    expect(last.filter((line) => line.startsWith("RUN"))).toEqual([]);
    expect(all("CMD")).toEqual(['["node", "server.js"]']);
    expect(all("VOLUME")).toEqual([/DATA_DIR=(\S+)/.exec(last.join("\n"))?.[1]]);
  });

  test("says that it is healthy by asking the server", async () => {
    const [, command = ""] = /CMD (\[.*\])$/.exec(all("HEALTHCHECK")[0] ?? "") ?? [];
    const [program, flag, script] = JSON.parse(command) as string[];
    expect([program, flag]).toEqual(["node", "-e"]);
    const path = /(\/api\/\w+)`/.exec(script ?? "")?.[1];
    expect(existsSync(`app${path}/route.ts`)).toBe(true);
    const ends = (status: number) => endOf(script ?? "", path ?? "", status);
    expect([await ends(200), await ends(503), await ends(0)]).toEqual([0, 1, 1]);
  });

  test("and its database are put together, with health, volumes, and no password of its own", () => {
    const { services, volumes } = parseYaml(read("compose.yaml")) as {
      services: Record<string, Record<string, never>>;
      volumes: Record<string, unknown>;
    };
    expect(Object.keys(services)).toEqual(["app", "database"]);
    const { app = {}, database = {} } = services;
    expect(app).toMatchObject({
      build: ".",
      env_file: [".env"],
      depends_on: { database: { condition: "service_healthy" } },
    });
    expect(app).toMatchObject({ volumes: ["data:/data"], environment: { DATA_DIR: "/data" } });
    expect(database).toMatchObject({
      image: "postgres:15",
      healthcheck: { test: expect.arrayContaining(["CMD-SHELL"]) },
    });
    expect(Object.keys(volumes)).toEqual(["data", "database"]);
    expect(read("compose.yaml").match(/PASSWORD: (?!\$\{)/g)).toBeNull();
    expect(Number.parseInt(String(app.stop_grace_period), 10)).toBeGreaterThan(10);
  });
});

/** @returns the exit code of a health check, beside a server that answers its path with this status; 0: beside none. */
async function endOf(script: string, path: string, status: number): Promise<number | null> {
  const server = createServer((request, response) => response.writeHead(request.url === path ? status : 404).end());
  const port = await freePort();
  if (status > 0) await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const child = spawn(process.execPath, ["-e", script], { env: { ...process.env, PORT: String(port) } });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  server.close();
  return code;
}
