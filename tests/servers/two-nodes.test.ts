import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { prepareAccount } from "@/lib/auth/set-up";
import { openDatabase, transaction } from "@/lib/db";
import { tasks } from "@/lib/tasks/registry";
import { idOf, sendAction } from "../support/http/actions";
import { plainMail, plantKey } from "../support/http/intake";
import { addPerson, type Person } from "../support/http/people";
import { startProxy } from "../support/http/proxy";
import { visit } from "../support/http/visit";
import { hasPostgres } from "../support/http/world";
import { createDatabase } from "../support/postgres";
import { startServer } from "../support/server";

const inherited = inject("serverEnv");
const METRICS_KEY = "only-for-tests-metrics";
const ROUNDS = 10;
const EXPIRING = 24;
const MAILS = 150;

let sql: postgres.Sql;
let nodes: Awaited<ReturnType<typeof startServer>>[];
let proxy: Awaited<ReturnType<typeof startProxy>>;
let ada: Person;

/** In the order of the tests: the last one kills a node. */
describe.skipIf(!hasPostgres)("two nodes on one database behind a proxy", () => {
  beforeAll(async () => {
    const url = await createDatabase(inherited.DATABASE_URL ?? "", "http_two_nodes");
    Object.assign(process.env, inherited, { DATABASE_URL: url });
    await openDatabase();
    await transaction(prepareAccount);
    ada = await transaction((tx) => addPerson(tx, "ada", ["Admin"]));
    sql = postgres(url, { max: 2, onnotice: () => {} });
    const env = { ...inherited, DATABASE_URL: url, METRICS_KEY };
    // At the same moment: both find the same work to do.
    nodes = await Promise.all([startServer({ env }), startServer({ env })]);
    proxy = await startProxy(nodes.map((node) => node.url));
  });
  afterAll(async () => {
    await proxy?.stop();
    await Promise.all((nodes ?? []).map((node) => node.stop()));
    await sql?.end();
  });

  test("a role that is taken away on one node is gone with the next request on the other, and back likewise", async () => {
    const who = await transaction((tx) => addPerson(tx, "oto", ["Operator", "Viewer"]));
    const saveRoles = await idOf("saveRoles");
    const [operator = "", viewer = ""] = who.roles.map(({ id }) => id);
    const save = async (node: number, role: string) => {
      const [{ version = 0 } = {}] = await sql`select version from users where id = ${who.id}`;
      const fields = { id: who.id, version: String(version), "roles[]": role };
      const to = { server: nodes[node]?.url ?? "", path: "/settings/users", who: ada, fields };
      expect((await sendAction(saveRoles, to)).state).toMatchObject({ status: "done" });
    };
    const faults: string[] = [];
    const see = async (node: number, expected: number) => {
      const { status } = await visit(nodes[node]?.url ?? "", "/run-checks", who);
      if (status !== expected) faults.push(`node ${node}: ${status} instead of ${expected}`);
    };
    for (let round = 0; round < ROUNDS; round++) {
      const [here, there] = [round % 2, 1 - (round % 2)];
      await see(there, 200);
      await save(here, viewer);
      await see(there, 403);
      await see(here, 403);
      await save(there, operator);
    }
    expect(faults).toEqual([]);
  });

  test("each task runs once per period, whatever the number of nodes", async () => {
    const before = await ended();
    const startedAt = Date.now();
    const people = await transaction((tx) =>
      Promise.all(Array.from({ length: EXPIRING }, (_, n) => addPerson(tx, `guest-${n}`, ["Viewer"]))),
    );
    await sql`update assignments set expires_at = now() + random() * interval '25 seconds' where user_id in ${sql(people.map(({ id }) => id))}`;
    await sleep(62_000);
    const after = await ended();
    const seconds = (Date.now() - startedAt) / 1000;
    // It waits for news of mailboxes for minutes on end, and is begun anew when it ends.
    const short = tasks.filter(({ name }) => name !== "watch-mailboxes");
    const wrong = short.flatMap(({ name, everySeconds }) => {
      const times = (after[name] ?? 0) - (before[name] ?? 0);
      const most = Math.ceil(seconds / everySeconds) + 1;
      const least = Math.floor(seconds / (everySeconds + 15)) - 1;
      return times > most || times < least ? [`${name}: ${times} times in ${seconds} s`] : [];
    });
    expect(wrong).toEqual([]);
    // Every node that did it would have noted it.
    const noted = await sql`select target_id from audit_entries where action = 'assignment.expire'`;
    expect(noted.map(({ target_id }) => target_id as string).sort()).toEqual(people.map(({ id }) => id).sort());
  });

  test("a node that is killed in the middle loses no mail that was accepted: the other one files it", async () => {
    const key = await plantKey(sql);
    const accepted: string[] = [];
    let answered = 0;
    const bring = async (n: number) => {
      const subject = `night ${n}`;
      const body = plainMail(subject);
      const headers = { ...key, "content-type": "message/rfc822" };
      const answer = await fetch(`${proxy.url}/api/intake/mail`, { method: "POST", headers, body }).catch(() => null);
      // The status is the promise; a node that dies right after it may leave the answer's body unsent.
      if (answer?.status === 202) accepted.push(subject);
      await answer?.text().catch(() => {});
      answered++;
      if (answered === MAILS / 3) nodes[0]?.signal("SIGKILL");
    };
    const numbers = Array.from({ length: MAILS }, (_, n) => n);
    const worker = async () => {
      for (let n = numbers.shift(); n !== undefined; n = numbers.shift()) await bring(n);
    };
    await Promise.all(Array.from({ length: 6 }, worker));
    expect(accepted.length).toBeGreaterThan(MAILS / 3);
    const stored = await sql`select id from mails where subject in ${sql(accepted)}`;
    expect(stored).toHaveLength(accepted.length);
    // What the dead node had begun to read is free after a minute, its task after 45 seconds.
    const waiting = async () => (await sql`select count(*)::int from mails where kind = 'waiting'`)[0]?.count as number;
    for (let tries = 0; tries < 180 && (await waiting()) > 0; tries++) await sleep(1000);
    expect(await waiting()).toBe(0);
    const kinds =
      await sql`select distinct kind, attempts from mails where subject in ${sql(accepted)} order by attempts`;
    expect(kinds.every(({ kind, attempts }) => kind === "unknown" && attempts <= 2)).toBe(true);
  }, 300_000);
});

/** @returns how often each task has ended, on both nodes together. */
async function ended(): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { url } of nodes) {
    const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_KEY}` } })).text();
    for (const [, task = "", times] of text.matchAll(
      /^backupchecks_task_runs_total\{task="([\w-]+)",outcome="\w+"\} (\d+)$/gm,
    ))
      sums[task] = (sums[task] ?? 0) + Number(times);
  }
  return sums;
}
