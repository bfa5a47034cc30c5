import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../support/free-port";
import { idOf, sendAction, setCookies } from "../support/http/actions";
import type { Person } from "../support/http/people";
import { visit } from "../support/http/visit";
import { nobody } from "../support/http/world";
import { serverEnv, startServer } from "../support/server";

const password = "violet-lantern-orbit-7";

let place: string;
let standalone: { folder: string; account?: { uid: number; gid: number } };
let server: Awaited<ReturnType<typeof startServer>>;
let ada: Person;

beforeAll(async () => {
  execFileSync(process.execPath, ["scripts/standalone.mjs"], { stdio: "inherit" });
  place = mkdtempSync(join(tmpdir(), "backupchecks-standalone-"));
  execFileSync("chmod", ["755", place]);
  const folder = join(place, "app");
  cpSync("build/standalone", folder, { recursive: true });
  const account = ordinaryAccount();
  standalone = { folder, ...(account && { account }) };
  mkdirSync(join(place, "data"), { mode: 0o700 });
  if (account) chownSync(join(place, "data"), account.uid, account.gid);
  server = await startServer({ standalone, env: { DATA_DIR: join(place, "data") } });
});
afterAll(async () => {
  await server?.stop();
  rmSync(place, { recursive: true, force: true });
});

test("it is set up, by an ordinary user in a folder that has nothing else", async () => {
  expect(await visit(server.url, "/", null)).toMatchObject({ status: 307, location: "/setup" });
  const fields = { username: "ada", password, confirm_password: password };
  const answer = await sendAction(await idOf("setUp"), { server: server.url, path: "/setup", who: nobody, fields });
  const cookie = setCookies(answer)[0]?.split(";")[0] ?? "";
  ada = { ...nobody, key: "ada", cookie };
  const page = await visit(server.url, "/dashboard", ada);
  expect(page.status).toBe(200);
  const style = /href="(\/_next\/static\/[^"]+\.css[^"]*)"/.exec(page.body)?.[1] ?? "no style sheet";
  expect(await visit(server.url, style, null)).toMatchObject({ status: 200 });
});

test("a mail is read, in a thread of its own", async () => {
  const body = readFileSync("tests/samples/vzdump/failed-html-mismatched-cells.eml");
  const settings = await visit(server.url, "/settings", ada);
  const role = /<input[^>]*name="_role"[^>]*value="([^"]+)"/.exec(settings.body)?.[1] ?? "";
  const headers = { origin: server.url, "sec-fetch-site": "same-origin", "x-acting-role": role };
  const stored = await visit(server.url, "/api/mails/upload", ada, { method: "POST", headers, body });
  expect(stored.status).toBe(201);
  const { id } = JSON.parse(stored.body) as { id: string };
  for (let tries = 0; tries < 100; tries++, await sleep(100))
    if ((await visit(server.url, `/api/mails/${id}/text`, ada)).body.includes("Backup")) return;
  throw new Error("The mail was not read.");
});

test("the manual, its pictures and the fonts of documents are there", async () => {
  expect((await visit(server.url, "/documentation/first-steps", ada)).status).toBe(200);
  const needed = [
    "docs/manual/pictures",
    "node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
    "drizzle/meta",
    "build/workers",
  ];
  expect(needed.filter((name) => !existsSync(join(standalone.folder, name)))).toEqual([]);
  const secret = [".env", ".data", "tests"].filter((name) => existsSync(join(standalone.folder, name)));
  expect(secret).toEqual([]);
});

test("it stops in order, and who owns the machine can reset a password beside it", async () => {
  server.signal("SIGTERM");
  expect(await server.exitCode).toBe(0);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["admin.mjs", "reset-password", "ada"], {
    cwd: standalone.folder,
    env: serverEnv(join(place, "data")),
    encoding: "utf8",
    ...standalone.account,
  });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/The password of ada is now: \S+/);
  expect(status).toBe(0);
});

test("on a host that keeps no files it does not start without a database and secrets, and says which", async () => {
  const port = await freePort();
  const start = (given: Record<string, string>) =>
    spawnSync(process.execPath, ["server.js"], {
      cwd: standalone.folder,
      env: { ...serverEnv(join(place, "data")), VERCEL: "1", PORT: String(port), ...given },
      encoding: "utf8",
      timeout: 20_000,
      ...standalone.account,
    });
  const nothing = start({});
  expect(nothing.status).toBe(1);
  expect(nothing.stdout).toContain("must be given DATABASE_URL, AUTH_SECRET, PASSWORD_PEPPER, CRON_SECRET:");
  const one = start({ DATABASE_URL: "postgres://127.0.0.1:1/x", AUTH_SECRET: "only-for-tests-".repeat(3) });
  expect(one.status).toBe(1);
  expect(one.stdout).toContain("must be given PASSWORD_PEPPER, CRON_SECRET:");
});

/** Root runs it as nobody; whoever is not root is ordinary already. */
function ordinaryAccount(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const [, , uid, gid] = (/^nobody:.*$/m.exec(readFileSync("/etc/passwd", "utf8"))?.[0] ?? "").split(":");
  return { uid: Number(uid), gid: Number(gid) };
}
