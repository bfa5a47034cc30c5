import "server-only";
import { after } from "next/server";
import { log } from "../log";
import { fileMails } from "./file-mails";

// One per process, also across hot reloads.
const kept = globalThis as typeof globalThis & {
  backupchecksFiling?: { running?: Promise<void>; again?: boolean };
};

/** Files what waits, after the answer to the request has left. */
export function fileSoon(): void {
  after(fileNow);
}

/** Files what waits, in one go per process: who asks while it runs makes it look once more. Never rejects. */
export function fileNow(): Promise<void> {
  const filing = state();
  filing.again = true;
  filing.running ??= run(filing);
  return filing.running;
}

async function run(filing: ReturnType<typeof state>): Promise<void> {
  while (filing.again) {
    filing.again = false;
    await fileMails().catch((error: unknown) => log.error({ err: error }, "filing mails failed"));
  }
  filing.running = undefined;
}

function state() {
  kept.backupchecksFiling ??= {};
  return kept.backupchecksFiling;
}
