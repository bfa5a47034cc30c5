/** What a process has to know of its own end. Whoever repeats something or keeps a connection open asks here. */

type State = { controller: AbortController; work: (() => Promise<unknown>)[] };

// One per process: pages and the hooks of the server are bundled apart, and each has a copy of this module.
const kept = globalThis as typeof globalThis & { backupchecksStopping?: State };

/** @returns a signal that is aborted when the process was told to stop: loops and open streams end then. */
export const stopSignal = (): AbortSignal => state().controller.signal;

/** Has this done when the process stops, while the database is still open; all of it together gets a few seconds. */
export function beforeStop(run: () => Promise<unknown>): void {
  state().work.push(run);
}

/** Aborts the signal. @returns what is done before the end, begun and waiting to be finished. */
export function beginStop(): Promise<unknown>[] {
  const { controller, work } = state();
  controller.abort(new Error("The process is stopping."));
  return work.map((run) => run().catch(() => {}));
}

function state(): State {
  kept.backupchecksStopping ??= { controller: new AbortController(), work: [] };
  return kept.backupchecksStopping;
}
