import "server-only";
import { tasks } from "./registry";
import { runTask } from "./run-task";

/** So soon a task is taken over whose node died, however seldom it is due. */
const LOOK_SECONDS = 60;

// One per process, also across hot reloads.
const kept = globalThis as typeof globalThis & {
  backupchecksTasks?: { timers: NodeJS.Timeout[]; stopping: AbortController; running: Set<Promise<unknown>> };
};

/** Runs each task when it is due, from now on. Call once, when the database is open. */
export function startTasks(): void {
  if (kept.backupchecksTasks) return;
  const state = {
    timers: [] as NodeJS.Timeout[],
    stopping: new AbortController(),
    running: new Set<Promise<unknown>>(),
  };
  kept.backupchecksTasks = state;
  for (const task of tasks) {
    let isRunning = false;
    const tick = async () => {
      if (isRunning || state.stopping.signal.aborted) return;
      isRunning = true;
      const work = runTask(task, state.stopping.signal).finally(() => {
        isRunning = false;
        state.running.delete(work);
      });
      state.running.add(work);
      await work.catch(() => {});
    };
    const timer = setInterval(() => void tick(), Math.min(task.everySeconds, LOOK_SECONDS) * 1000);
    timer.unref();
    state.timers.push(timer);
    void tick();
  }
}

/** Starts no more, tells the running ones to stop, and waits for them. */
export async function stopTasks(): Promise<void> {
  const state = kept.backupchecksTasks;
  if (!state) return;
  for (const timer of state.timers) clearInterval(timer);
  state.stopping.abort(new Error("The process is stopping."));
  await Promise.allSettled([...state.running]);
}
