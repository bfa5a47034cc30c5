import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, type Db, openDatabase, replaceDatabase } from "../../lib/db";
import { type JobSort, jobListFacts, jobSorts, listJobs } from "../../lib/jobs/queries";
import { readListQuery } from "../../lib/list";
import { listElements } from "../../lib/roles/queries";
import { actAs, type Person, person } from "../../tests/support/acting";
import { createDatabase } from "../../tests/support/postgres";
import { addRole } from "../../tests/support/roles";
import { CUSTOMERS, fillDesk, JOBS, threeTypes } from "./fill-scopes";

const ROUNDS = 15;
const RATIO_MAXIMUM = 1.5;
const PANEL_MAXIMUM_MS = 200;

const url = process.env.TEST_POSTGRES_URL;
if (!url) throw new Error("The bench needs PostgreSQL's programs.");

let everything: Person;
let scoped: Person;
let client: postgres.Sql;
/** What was sent to the database last, to be explained. */
let sent: { query: string; params: unknown[] }[] = [];

beforeAll(async () => {
  process.env.DATABASE_URL = await createDatabase(url, "bench_scopes");
  await openDatabase();
  await fillDesk();
  const rights = ["customers.view", "resources.view", "roles.manage"] as const;
  await addRole("Three types", rights, { "resources.view": await threeTypes() });
  everything = await person("everything", "Admin");
  scoped = await person("scoped", "Three types");
  await closeDatabase();
  client = postgres(process.env.DATABASE_URL ?? "", { max: 4 });
  const logger = { logQuery: (query: string, params: unknown[]) => void sent.push({ query, params }) };
  const database = drizzle(client, { casing: "snake_case", logger }) as unknown as Db;
  replaceDatabase({ db: database, close: () => client.end() });
});
afterAll(closeDatabase);

const query = (change: Record<string, string>) => readListQuery<JobSort>(change, jobSorts);
/** Told, not held: counting stops at 10,000 matches, which who covers everything reaches after 10,000 rows. */
const WITH_NUMBERS = "/jobs, with its numbers";
const lists: Record<string, () => Promise<unknown>> = {
  "/jobs": () => listJobs(query({})),
  "/jobs, by customer": () => listJobs(query({ sort: "customer" })),
  "/jobs, last run first": () => listJobs(query({ sort: "-ran" })),
  "/jobs, searched": () => listJobs(query({ q: "abc" })),
  [WITH_NUMBERS]: () => Promise.all([listJobs(query({})), jobListFacts(query({}))]),
};

test(`lists of ${JOBS} jobs of ${CUSTOMERS} customers, for everything and for three types with 200 marks`, async () => {
  const table: Record<string, Record<string, string>> = {};
  const ratios: number[] = [];
  for (const [name, list] of Object.entries(lists)) {
    const times = { everything: [] as number[], scoped: [] as number[] };
    // One after the other in every round: both meet the same machine.
    for (let round = 0; round < ROUNDS; round++) {
      times.everything.push(await measured(everything, list));
      times.scoped.push(await measured(scoped, list));
    }
    const [all, some] = [percentile(times.everything, 50), percentile(times.scoped, 50)];
    if (name !== WITH_NUMBERS) ratios.push(some / all);
    table[name] = { "everything ms": all.toFixed(1), "scoped ms": some.toFixed(1), ratio: (some / all).toFixed(2) };
  }
  console.table(table);
  const list = lists["/jobs"] ?? (async () => {});
  await explain("/jobs, everything", everything, list, '"shown"');
  await explain("/jobs, scoped", scoped, list, '"shown"');
  expect(Math.max(...ratios)).toBeLessThanOrEqual(RATIO_MAXIMUM);
});

test("the panel of a role's resources", async () => {
  const questions: Record<string, () => Promise<unknown>> = {
    "first page": () => listElements("resources.view", { type: null, search: "", cursor: "" }),
    search: () => listElements("resources.view", { type: null, search: "srv-4", cursor: "" }),
    "search, rare": () => listElements("resources.view", { type: null, search: "srv-49999", cursor: "" }),
  };
  const table: Record<string, Record<string, string>> = {};
  const slowest: number[] = [];
  for (const [name, ask] of Object.entries(questions)) {
    const times: Record<string, number[]> = { everything: [], scoped: [] };
    for (let round = 0; round < ROUNDS * 2; round++) {
      times.everything?.push(await measured(everything, ask));
      times.scoped?.push(await measured(scoped, ask));
    }
    const p95 = Object.entries(times).map(([who, all]) => [`${who}, p95 ms`, percentile(all, 95)] as const);
    slowest.push(...p95.map(([, time]) => time));
    table[name] = Object.fromEntries(p95.map(([who, time]) => [who, time.toFixed(1)]));
  }
  console.table(table);
  await explain("the panel, everything", everything, questions["first page"] ?? (async () => {}), "concat_ws");
  expect(Math.max(...slowest)).toBeLessThan(PANEL_MAXIMUM_MS);
});

/** @returns milliseconds, with reading who asks and what they may. */
async function measured(who: Person, ask: () => Promise<unknown>): Promise<number> {
  actAs(who);
  const startedAt = performance.now();
  await ask();
  return performance.now() - startedAt;
}

function percentile(times: number[], percent: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

/** @param part stands in the query that is explained. */
async function explain(name: string, who: Person, ask: () => Promise<unknown>, part: string): Promise<void> {
  sent = [];
  await measured(who, ask);
  const last = sent.find(({ query }) => query.includes(part));
  if (!last) throw new Error("No such query was sent.");
  const lines = await client.unsafe(`explain (analyze, buffers) ${last.query}`, last.params as never[]);
  console.log(`\nPlan of ${name}:\n${lines.map((line) => line["QUERY PLAN"]).join("\n")}`);
}
