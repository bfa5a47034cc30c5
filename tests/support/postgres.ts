import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import postgres from "postgres";
import { freePort } from "./free-port";

type Server = { url: string; stop(): Promise<void> };
type Account = { uid: number; gid: number } | null;

/**
 * Starts a throw-away PostgreSQL on a free port of 127.0.0.1, about 1.5 seconds; also as root, who may not run it himself.
 * @returns its URL (a superuser's) and how to stop it; null, after one printed line, where PostgreSQL is not installed
 * @throws when the programs are there but fail
 */
export async function startPostgres(): Promise<Server | null> {
  const bin = findPrograms() ?? installPrograms();
  if (!bin) {
    console.warn("PostgreSQL is not installed: the tests that need a real one are skipped.");
    return null;
  }
  const account = otherAccount();
  const folder = mkdtempSync(join(tmpdir(), "backupchecks-postgres-"));
  const password = randomBytes(12).toString("hex");
  writeFileSync(join(folder, "password"), password, { mode: 0o600 });
  if (account) for (const path of [join(folder, "password"), folder]) chownSync(path, account.uid, account.gid);

  const run = (program: string, ...args: string[]) => runAs(account, folder, join(bin, program), args);
  const port = await freePort();
  run("initdb", "-D", "data", "-U", "app", "-A", "scram-sha-256", "--pwfile=password", ...INITDB_OPTIONS);
  run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off`, "start");

  let running = true;
  const stopNow = () => {
    if (!running) return;
    running = false;
    run("pg_ctl", "-D", "data", "-m", "immediate", "stop");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", stopNow);
  return { url: `postgres://app:${password}@127.0.0.1:${port}/postgres`, stop: async () => stopNow() };
}

const DEBIAN = "/usr/lib/postgresql";
const INITDB_OPTIONS = ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];

/**
 * Makes an empty database on the server of `url`, in place of one with the same name.
 * @param name lower case letters, digits and _
 * @returns the URL of the new database
 */
export async function createDatabase(url: string, name: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`drop database if exists ${sql(name)} with (force)`;
  await sql`create database ${sql(name)}`;
  await sql.end();
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

function findPrograms(): string | undefined {
  const inPath = (process.env.PATH ?? "").split(delimiter);
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const debian = versions.map((version) => join(DEBIAN, version, "bin")).reverse();
  return [...inPath, ...debian].find((folder) => ["initdb", "pg_ctl"].every((name) => existsSync(join(folder, name))));
}

function installPrograms(): string | undefined {
  if (process.env.CI !== "true") return undefined;
  spawnSync(process.execPath, ["scripts/apt.mjs", "postgresql"], { stdio: "inherit" });
  return findPrograms();
}

/** Root runs it as the account that Debian's package makes, or failing that as nobody. */
function otherAccount(): Account {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = ["postgres", "nobody"].flatMap((name) => accounts.filter(([account]) => account === name))[0];
  if (!found) throw new Error("There is no account that PostgreSQL could run as.");
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function runAs(account: Account, folder: string, program: string, args: string[]) {
  // The server keeps the streams it was started with: pipes would never close.
  execFileSync(program, args, { ...account, cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}
