import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { plainMail, plantKey, slowDelivery } from "../support/http/intake";
import { hasPostgres } from "../support/http/world";
import { createDatabase } from "../support/postgres";
import { startServer } from "../support/server";

const inherited = inject("serverEnv");

let env: Record<string, string>;
let sql: postgres.Sql;

describe.skipIf(!hasPostgres)("a server that is told to stop", () => {
  beforeAll(async () => {
    const url = await createDatabase(inherited.DATABASE_URL ?? "", "http_stop");
    env = { ...inherited, DATABASE_URL: url };
    sql = postgres(url, { max: 1, onnotice: () => {} });
  });
  afterAll(() => sql?.end());

  test("finishes a slow upload, lets nobody else in, and ends at once when nothing is left", async () => {
    const server = await startServer({ env });
    const delivery = slowDelivery(server.url, await plantKey(sql), plainMail("slow but sure"));
    await sleep(500);
    const toldAt = performance.now();
    server.signal("SIGTERM");
    await sleep(1500);
    await expect(knock(server.url)).rejects.toThrow("ECONNREFUSED");
    delivery.sendRest();
    expect(await delivery.status).toBe(202);
    expect(await server.exitCode).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(6000);
    expect(await subjects()).toEqual(["slow but sure"]);
    await server.stop();
  });

  test("cuts what hangs, within ten seconds, and keeps nothing of it", async () => {
    const server = await startServer({ env });
    const delivery = slowDelivery(server.url, await plantKey(sql), plainMail("never finished"));
    await sleep(500);
    const toldAt = performance.now();
    server.signal("SIGTERM");
    expect(await server.exitCode).toBe(0);
    const seconds = (performance.now() - toldAt) / 1000;
    expect(seconds).toBeGreaterThan(7);
    expect(seconds).toBeLessThan(10);
    expect(await delivery.status).toBe(null);
    expect(server.output()).toContain("what hung was cut off");
    expect(await subjects()).toEqual(["slow but sure"]);
    await server.stop();
  });

  test("has closed what it opened: nothing of it stays in the database, and the next start is clean", async () => {
    const open =
      await sql`select 1 from pg_stat_activity where application_name = 'backupchecks' and datname = current_database()`;
    expect(open).toHaveLength(0);
    expect(await sql`select name from tasks where node is not null`).toHaveLength(0);
    const server = await startServer({ env });
    expect(server.output()).not.toMatch(/"level":[456]0/);
    server.signal("SIGINT");
    expect(await server.exitCode).toBe(0);
    await server.stop();
  });
});

/** Over a connection of its own: one that is open already is answered once more. */
const knock = (url: string) =>
  new Promise((resolve, reject) => {
    http.get(`${url}/api/health`, { agent: false }, resolve).on("error", reject);
  });

const subjects = async () => (await sql`select subject from mails`).map(({ subject }) => subject as string);
