import "server-only";
import { closeDatabase } from "./db";
import { log } from "./log";
import { cutRequests, refuseConnections, requestsEnd } from "./open-requests";
import { beginStop } from "./stopping";
import { closeWorkers } from "./workers";

/** So long requests and tasks may take to finish: systemd, Docker and others kill ten seconds after they asked. */
const FINISH_MS = 8000;
const CLOSE_MS = 1000;
/** Shells and npm pass a signal on that arrived already: only a later one means "now". */
const SAME_SIGNAL_MS = 1000;

const kept = globalThis as typeof globalThis & { backupchecksStopsOnSignals?: boolean };

/**
 * Ends the process in order when it is told to: what is in flight finishes, what hangs is cut after 8 seconds, and the
 * exit code is 0. Takes the place of the framework's own handlers, which wait without a limit and close no database.
 */
export function stopOnSignals(): void {
  // In development the framework has more to clear away; on hosts without long-lived processes it is the host's matter.
  if (kept.backupchecksStopsOnSignals || process.env.NODE_ENV !== "production" || process.env.VERCEL) return;
  kept.backupchecksStopsOnSignals = true;
  let stoppingSince: number | null = null;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (stoppingSince === null) {
        stoppingSince = Date.now();
        void stop(signal);
      } else if (Date.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(signal === "SIGINT" ? 130 : 143);
    });
  }
}

async function stop(signal: string): Promise<never> {
  const startedAt = performance.now();
  log.info({ signal }, "stopping");
  refuseConnections();
  const isDone = await within(FINISH_MS, Promise.all([requestsEnd(), ...beginStop()]));
  const cut = cutRequests();
  if (!isDone) log.warn({ requests: cut }, "what hung was cut off");
  const isClosed = await within(CLOSE_MS, Promise.allSettled([closeWorkers(), closeDatabase()]));
  log.info({ seconds: Math.round((performance.now() - startedAt) / 100) / 10, isClosed }, "stopped");
  process.exit(0);
}

function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, milliseconds, false));
  return Promise.race([work.then(() => true), late]);
}
