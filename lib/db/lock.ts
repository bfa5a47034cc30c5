import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Keeps a second process out of an embedded database's folder: two at once silently lose rows.
 * A lock whose process is gone is taken over. Released when the process exits.
 * @throws Error naming the pid that holds the folder.
 */
export function lockFolder(folder: string): void {
  const file = path.join(folder, "db.lock");
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
      process.once("exit", () => rmSync(file, { force: true }));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(file);
    if (holder === process.pid) return;
    if (holder) throw new Error(`The database in ${folder} is in use by process ${holder}. Stop that process first.`);
    rmSync(file, { force: true });
  }
}

/** The pid in the lock file if that very process still runs (a reused pid has another start time), else null. */
function holderOf(file: string): number | null {
  try {
    const [pid = "", start = ""] = readFileSync(file, "utf8").split(" ");
    process.kill(Number(pid), 0);
    return startOf(Number(pid)) === start ? Number(pid) : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? -1 : null;
  }
}

/** Start time of a process in clock ticks since boot (Linux, proc(5) field 22); empty where /proc does not exist. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
