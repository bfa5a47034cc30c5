import "server-only";
import { prepareAccount } from "./auth/set-up";
import { openDatabase, transaction } from "./db";
import { log } from "./log";
import { hookServer } from "./server-hooks";
import { startTasks } from "./tasks/start";

/** Opens the database, brings it up to date, and fills in what every account has. Ends the process when that fails. */
export async function startServer(): Promise<void> {
  try {
    hookServer();
    await openDatabase();
    await transaction(prepareAccount);
    startTasks();
  } catch (error) {
    log.fatal({ err: error }, error instanceof Error ? error.message : "The start failed.");
    process.exit(1);
  }
}
