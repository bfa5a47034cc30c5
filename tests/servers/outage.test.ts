import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { pages } from "@/lib/access/registry";
import { endpoints, sendAction, setCookies } from "../support/http/actions";
import type { Person } from "../support/http/people";
import { eachOf, visit } from "../support/http/visit";
import { hasPostgres, nobody } from "../support/http/world";
import { createDatabase, startPostgres } from "../support/postgres";
import { startServer } from "../support/server";

const env = inject("serverEnv");
const password = "violet-lantern-orbit-7";

/** Two seconds are the aim on a machine that does nothing else. */
const LIMIT_MS = 6000;

let database: Awaited<ReturnType<typeof startPostgres>>;
let server: Awaited<ReturnType<typeof startServer>>;
let ada: Person;

describe.skipIf(!hasPostgres)("when the database is away", () => {
  beforeAll(async () => {
    database = await startPostgres();
    const url = await createDatabase(database?.url ?? "", "outage");
    server = await startServer({ env: { ...env, DATABASE_URL: url } });
    const setUp = (await endpoints()).find(({ name }) => name === "setUp")?.id ?? "";
    const fields = { username: "ada", password, confirm_password: password };
    const answer = await sendAction(setUp, { server: server.url, path: "/setup", who: nobody, fields });
    ada = { ...nobody, key: "ada", cookie: setCookies(answer)[0]?.split(";")[0] ?? "" };
    expect((await visit(server.url, "/dashboard", ada)).status).toBe(200);
    await database?.stop();
  });
  afterAll(async () => {
    await server?.stop();
    await database?.stop();
  });

  test("every page says 503 within seconds, and none opens", async () => {
    const guarded = pages.filter(({ gate, path }) => gate !== "public" && !path.includes("[id]"));
    const answers = await eachOf(guarded, async ({ path }) => {
      const startedAt = performance.now();
      const { status } = await visit(server.url, path, ada);
      return { path, status, isSlow: performance.now() - startedAt > LIMIT_MS };
    });
    expect(answers).toEqual(guarded.map(({ path }) => ({ path, status: 503, isSlow: false })));
  });

  test("no door opens, and health says so", async () => {
    const startedAt = performance.now();
    for (const path of ["/api/health", "/api/audit/export", "/api/customers/names", "/api/users/export"])
      expect((await visit(server.url, path, ada)).status, path).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(4 * LIMIT_MS);
  });

  test("no action runs, for nobody and for the administrator", async () => {
    const all = await endpoints();
    const ran = await eachOf(all, async ({ id, name }) => {
      const answers = [nobody, ada].map((who) => sendAction(id, { server: server.url, path: "/login", who }));
      const states = (await Promise.all(answers)).map(({ state }) => state?.status);
      return states.some((status) => status === "done") ? [name] : [];
    });
    expect(ran.flat()).toEqual([]);
  });
});

describe("when the secrets cannot be used", () => {
  test.each([
    ["are no JSON", "{"],
    ["are too short", '{"AUTH_SECRET":"short","PASSWORD_PEPPER":"short"}'],
    ["are empty", ""],
  ])("a server whose kept secrets %s does not start", async (_name, kept) => {
    const folder = mkdtempSync(join(tmpdir(), "backupchecks-secrets-"));
    writeFileSync(join(folder, "secrets.json"), kept, { mode: 0o600 });
    const { AUTH_SECRET: _auth, PASSWORD_PEPPER: _pepper, ...rest } = env;
    await expect(startServer({ env: { ...rest, DATA_DIR: folder } })).rejects.toThrow("did not become healthy");
    rmSync(folder, { recursive: true });
  });

  test("neither does one that was given a secret too short to be one", async () => {
    await expect(startServer({ env: { ...env, AUTH_SECRET: "short" } })).rejects.toThrow(/AUTH_SECRET/);
  });
});
