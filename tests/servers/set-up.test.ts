import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { ActionState } from "@/lib/form";
import { idOf, type Outcome, sendAction, setCookies } from "../support/http/actions";
import { visit } from "../support/http/visit";
import { hasPostgres, nobody } from "../support/http/world";
import { createDatabase } from "../support/postgres";
import { startServer } from "../support/server";

const env = inject("serverEnv");
const password = "violet-lantern-orbit-7";
const FAILURES = 4;
const TIMED = 60;

let server: Awaited<ReturnType<typeof startServer>>;
let sql: postgres.Sql;
let administrator: string;

/** In the order in which an account comes to be: each test goes on where the one before stopped. */
describe.skipIf(!hasPostgres)("a fresh account", () => {
  beforeAll(async () => {
    const url = await createDatabase(env.DATABASE_URL ?? "", "http_set_up");
    server = await startServer({ env: { ...env, DATABASE_URL: url } });
    sql = postgres(url, { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await sql?.end();
    await server?.stop();
  });

  test("ten who set it up at the same moment make one administrator", async () => {
    expect((await visit(server.url, "/", null)).location).toBe("/setup");
    const names = Array.from({ length: 10 }, (_, i) => `first-${i}`);
    const answers = await Promise.all(names.map(setUp));
    expect(await sql`select count(*)::int from users`).toMatchObject([{ count: 1 }]);
    expect(await sql`select count(*)::int from assignments`).toMatchObject([{ count: 1 }]);
    expect(
      await sql`select count(*)::int from audit_entries where action = 'account.set_up' and outcome = 'done'`,
    ).toMatchObject([{ count: 1 }]);
    expect(
      answers.filter((answer) => setCookies(answer).some((line) => line.startsWith("backupchecks="))),
    ).toHaveLength(1);
    expect(answers.filter(({ state }) => state?.message.includes("already set up"))).toHaveLength(9);
    administrator = (await sql`select username from users`)[0]?.username as string;
  });

  test("afterwards set-up is closed for ever", async () => {
    expect(await visit(server.url, "/setup", null)).toMatchObject({ status: 307, location: "/login" });
    expect((await setUp("late")).state).toMatchObject({ status: "refused" });
    expect(await sql`select count(*)::int from users`).toMatchObject([{ count: 1 }]);
  });

  test("unknown, disabled and wrong password get the very same answer", async () => {
    await sql`insert into users (id, username, password_hash, disabled_at)
      select gen_random_uuid(), 'gone', password_hash, now() from users`;
    const tries = [
      ["nobody-knows", password],
      ["gone", password],
      [administrator, "wrong"],
    ] as const;
    const answers = [];
    for (const [username, typed] of tries) answers.push(comparable(await signIn(username, typed)));
    expect(answers[0]).toContain("Wrong username or password.");
    expect(new Set(answers).size).toBe(1);
    const reasons =
      await sql`select reason from audit_entries where action = 'session.start' and outcome = 'refused' order by id`;
    expect(reasons.map(({ reason }) => reason)).toEqual(["unknown username", "disabled", "wrong password"]);
  });

  test("an unknown username takes as long to refuse as a wrong password", async () => {
    await sql`update settings set sign_in_failure_limit = 100`;
    const times: Record<string, number[]> = { unknown: [], wrong: [] };
    for (let i = 0; i < TIMED; i++) {
      for (const [kind, username] of [["unknown", "nobody-knows"] as const, ["wrong", administrator] as const]) {
        const startedAt = performance.now();
        await signIn(username, "not the password");
        times[kind]?.push(performance.now() - startedAt);
      }
    }
    // 0.5 means that nobody can tell; chance alone stays within 0.2 of it for this many, leaving out the hash does not.
    expect(Math.abs(areaUnderCurve(times.unknown ?? [], times.wrong ?? []) - 0.5)).toBeLessThan(0.2);
  });

  test("after the limit of failures the right password is refused, wherever it claims to come from", async () => {
    await sql`delete from sign_in_failures`;
    await sql`update settings set sign_in_failure_limit = ${FAILURES}`;
    const from = "127.0.0.66";
    for (let i = 0; i < FAILURES; i++) {
      const headers = { "x-forwarded-for": `198.51.100.${i}`, "x-real-ip": `198.51.100.${i}` };
      expect((await signIn(administrator, `wrong ${i}`, { from, headers })).state?.status).toBe("refused");
    }
    for (const headers of [{} as Record<string, string>, { "x-forwarded-for": "198.51.100.77" }])
      expect((await signIn(administrator, password, { from, headers })).state?.message).toBe(
        "Wrong username or password.",
      );
    const keys = await sql`select key from sign_in_failures`;
    expect(JSON.stringify(keys)).not.toContain("198.51.100");
  });

  test("that does not keep out the owner at the address they use, and the wait ends by itself", async () => {
    const owner = await signIn(administrator, password);
    expect(isSignedIn(owner), `from the address of the set-up: ${JSON.stringify(owner)}`).toBe(true);
    const from = "127.0.0.66";
    expect(isSignedIn(await signIn(administrator, password, { from }))).toBe(false);
    await sql`update sign_in_failures set blocked_until = now() - interval '1 second' where blocked_until is not null`;
    expect(isSignedIn(await signIn(administrator, password, { from }))).toBe(true);
  });
});

/** @returns how often a value of `a` is above one of `b`: the chance to tell the two apart by one measurement each. */
function areaUnderCurve(a: number[], b: number[]): number {
  const above = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
  return above.reduce<number>((sum, one) => sum + one, 0) / above.length;
}

async function setUp(username: string): Promise<Outcome> {
  const fields = { username, password, confirm_password: password };
  return sendAction(await idOf("setUp"), { server: server.url, path: "/setup", who: nobody, fields });
}

type From = { from?: string; headers?: Record<string, string> };

async function signIn(username: string, typed: string, { from, headers }: From = {}): Promise<Outcome> {
  const fields = { username, password: typed, next: "/dashboard" };
  return sendAction(await idOf("signIn"), { server: server.url, path: "/login", who: nobody, fields, from, headers });
}

const isSignedIn = (answer: Outcome): boolean => setCookies(answer).some((line) => /^backupchecks=[\w-]/.test(line));

/** @returns an answer without what differs by itself: the moment, the nonce, and the name that was typed. */
function comparable({ status, state, refusedWith, headers }: Outcome): string {
  const { at: _at, values: _values, ...said } = state as ActionState;
  const { date: _date, ...rest } = headers;
  return JSON.stringify({ status, said, refusedWith, rest }).replace(/nonce-[^']+/g, "nonce");
}
