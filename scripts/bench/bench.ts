import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { createDatabase, startPostgres } from "../../tests/support/postgres";
import { fillForBench } from "./fill";
import { benchIntake } from "./intake";
import { load } from "./load";
import { servePages } from "./serve";

const CONNECTIONS = 20;
const ROUND_SECONDS = 6;
const ROUNDS = 3;

const pages = ["/bare", "/settings/users", "/run-checks"];

const server = await startPostgres();
if (!server) throw new Error("The bench needs PostgreSQL's programs.");
const secrets = { AUTH_SECRET: "only-for-the-bench-".repeat(3), PASSWORD_PEPPER: "only-for-the-bench-".repeat(3) };
const env = { ...secrets, DATABASE_URL: await createDatabase(server.url, "bench"), DATA_DIR: "build/bench-data" };
Object.assign(process.env, env);
const cookie = await fillForBench();
const app = await servePages(env);
try {
  const results = new Map(
    pages.map((page) => [page, { rates: [] as number[], failures: 0, queries: 0, kilobytes: 0 }]),
  );
  for (const page of pages) await load(app.url + page, cookie, CONNECTIONS, 2);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [page, result] of results) {
      const { perSecond, failures, kilobytes } = await load(app.url + page, cookie, CONNECTIONS, ROUND_SECONDS);
      result.rates.push(perSecond);
      result.failures += failures;
      result.kilobytes = kilobytes;
    }
  }
  for (const [page, result] of results) result.queries = await queriesPerRequest(app.url + page, cookie);
  print(results);
  const { perSecond, taken, idleP95, busyP95 } = await benchIntake(app.url, env.DATABASE_URL, cookie);
  console.log(`Intake: ${taken} mails became runs, ${perSecond.toFixed(1)} a second.`);
  console.log(`/run-checks p95: ${idleP95.toFixed(0)} ms idle, ${busyP95.toFixed(0)} ms meanwhile.`);
} finally {
  await app.stop();
  await server.stop();
}
process.exit(0);

/** Counts what the database itself saw: each query outside of a transaction is a transaction of its own to it. */
async function queriesPerRequest(address: string, cookie: string): Promise<number> {
  const requests = 40;
  const sql = postgres(env.DATABASE_URL, { max: 1 });
  const committed = async () => {
    await sleep(2500);
    await sql`select pg_stat_clear_snapshot()`;
    const [row] = await sql`select xact_commit::int as count from pg_stat_database where datname = 'bench'`;
    return row?.count as number;
  };
  const before = await committed();
  const idle = (await committed()) - before;
  const started = await committed();
  for (let i = 0; i < requests; i++) await (await fetch(address, { headers: { cookie } })).text();
  const seen = (await committed()) - started - idle;
  await sql.end();
  return seen / requests;
}

function print(results: Map<string, { rates: number[]; failures: number; queries: number; kilobytes: number }>): void {
  const median = (rates: number[]) => [...rates].sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  const bare = median(results.get("/bare")?.rates ?? []);
  console.table(
    Object.fromEntries(
      [...results].map(([page, { rates, failures, queries, kilobytes }]) => [
        page,
        {
          "requests/s": Math.round(median(rates)),
          "of bare": (median(rates) / bare).toFixed(2),
          failures,
          "queries/request": queries.toFixed(1),
          "KiB/answer": Math.round(kilobytes),
        },
      ]),
    ),
  );
}
