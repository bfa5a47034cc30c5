import "server-only";
import { prepareAccount } from "./auth/set-up";
import { openDatabase, transaction } from "./db";
import { isHosted } from "./env";
import { fileNow } from "./filing/start";
import { log } from "./log";
import { hookServer } from "./server-hooks";
import { startListeners, stopListeners } from "./sources/listeners";
import { stopOnSignals } from "./stop";
import { beforeStop } from "./stopping";
import { startTasks, stopTasks } from "./tasks/start";

/**
 * Opens the database, brings it up to date, fills in what every account has, and begins the work in the background.
 * Ends the process when that fails. On a host without long-lived processes there is no background: its timetable
 * (vercel.json) calls the tasks.
 */
export async function startServer(): Promise<void> {
  try {
    hookServer();
    stopOnSignals();
    await openDatabase();
    await transaction(prepareAccount);
    if (isHosted()) return;
    startTasks();
    startListeners();
    beforeStop(stopTasks);
    beforeStop(stopListeners);
    beforeStop(fileNow);
  } catch (error) {
    log.fatal({ err: error }, error instanceof Error ? error.message : "The start failed.");
    process.exit(1);
  }
}
