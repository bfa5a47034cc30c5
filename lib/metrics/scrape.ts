import "server-only";
import { Gauge, Registry } from "prom-client";
import { keyRefusal } from "../bearer";
import { env } from "../env";
import { statusOrder } from "../statuses";
import { counted } from "./counted";
import { backlog, connections, mailsOfADay, runsOfToday, sourceStates, taskStates } from "./stored";

/**
 * What Prometheus reads, with the key METRICS_KEY in `Authorization: Bearer`.
 * @returns 200 in Prometheus' text format, 401 for a wrong key. Rejects while the database is away.
 */
export async function scrape(request: Request): Promise<Response> {
  const refusal = keyRefusal(request.headers.get("authorization"), env().METRICS_KEY);
  if (refusal) return refusal;
  const { registry } = counted();
  const text = `${await registry.metrics()}\n${await (await storedFigures()).metrics()}`;
  return new Response(text, { headers: { "Content-Type": registry.contentType } });
}

async function storedFigures(): Promise<Registry> {
  const startedAt = performance.now();
  const waits = await backlog();
  const answerSeconds = (performance.now() - startedAt) / 1000;
  const [mails, runs, tasks, sources, open] = await Promise.all([
    mailsOfADay(),
    runsOfToday(),
    taskStates(),
    sourceStates(),
    connections(),
  ]);
  const registry = new Registry();
  const set = gaugesOf(registry);
  set("database_answer_seconds", "How long one query took.", [[{}, answerSeconds]]);
  set(
    "database_connections",
    "Connections of all nodes to the database.",
    open.map(({ state, count }) => [{ state }, count]),
  );
  set(
    "mails_received_day",
    "Mails of the last 24 hours.",
    mails.map(({ source, kind, count }) => [{ source, kind }, count]),
  );
  set("mails_waiting", "Mails that nobody has read yet.", [[{}, waits.mails]]);
  set("mails_waiting_oldest_seconds", "Since when the oldest of them waits.", [[{}, waits.oldestMail ?? 0]]);
  set("runs_today", "Runs since midnight, by what they count as.", sumsOf(runs));
  set("runs_suspected_today", "Missed runs of today that are held back because their source is silent.", [
    [{}, runs.filter(({ isSuspected }) => isSuspected).reduce((sum, { count }) => sum + count, 0)],
  ]);
  set("runs_unreviewed", "Runs that nobody has reviewed; counted up to 100,000.", [[{}, waits.unreviewed]]);
  set("deliveries_waiting", "Messages that are to be sent.", [[{}, waits.deliveries]]);
  set("deliveries_failed_day", "Messages given up in the last 24 hours.", [[{}, waits.failedDeliveries]]);
  setTasks(set, tasks);
  setSources(set, sources);
  return registry;
}

function setTasks(set: Gauges, tasks: Awaited<ReturnType<typeof taskStates>>): void {
  for (const { name, failing, finishedAt } of tasks)
    if (!failing && finishedAt !== null) lastSuccess.set(name, finishedAt);
  set(
    "task_failing",
    "1 while a task failed the last time.",
    tasks.map(({ name, failing }) => [{ task: name }, Number(failing)]),
  );
  set(
    "task_last_success_timestamp_seconds",
    "When a task last ended well, as far as this process knows.",
    [...lastSuccess].map(([task, at]) => [{ task }, at]),
  );
}

function setSources(set: Gauges, sources: Awaited<ReturnType<typeof sourceStates>>): void {
  set(
    "source_last_success_timestamp_seconds",
    "When a mail source last worked, or an intake key was last used.",
    sources.flatMap(({ id, kind, workedAt }) => (workedAt === null ? [] : [[{ id, kind }, workedAt]])),
  );
  set(
    "source_silent",
    "1 while a source is silent for longer than usual.",
    sources.map(({ id, kind, isSilent }) => [{ id, kind }, Number(isSilent)]),
  );
  set(
    "source_failing",
    "1 while a source failed the last time.",
    sources.map(({ id, kind, isFailing }) => [{ id, kind }, Number(isFailing)]),
  );
}

/** The table knows how a task ended the last time; while it fails, the success before is remembered here. */
const lastSuccess = new Map<string, number>();

type Samples = [labels: Record<string, string>, value: number][];
type Gauges = (name: string, help: string, samples: Samples) => void;

function gaugesOf(registry: Registry): Gauges {
  return (name, help, samples) => {
    const labelNames = Object.keys(samples[0]?.[0] ?? {});
    const gauge = new Gauge({ name: `backupchecks_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of samples) gauge.set(labels, value);
  };
}

/** Each status has its sample, also with nothing in it: a line that comes and goes cannot be compared. */
const sumsOf = (runs: Awaited<ReturnType<typeof runsOfToday>>): Samples =>
  statusOrder.map((status) => [
    { status },
    runs.filter((one) => one.status === status).reduce((sum, { count }) => sum + count, 0),
  ]);
