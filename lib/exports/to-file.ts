import "server-only";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { newArchive, writeExport } from "./write";

/** Writes everything into a new file that only its owner can read; one that could not be finished is removed. */
export async function exportToFile(file: string): Promise<void> {
  const archive = newArchive();
  const abort = new AbortController();
  const written = pipeline(archive, createGzip(), createWriteStream(file, { flags: "wx", mode: 0o600 }));
  const packed = writeExport(archive, abort.signal).catch((error: unknown) => {
    archive.destroy(error instanceof Error ? error : undefined);
    throw error;
  });
  written.catch((error: unknown) => abort.abort(error));
  const outcomes = await Promise.allSettled([written, packed]);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (!failed) return;
  // A file that was there before is not ours.
  if ((failed.reason as NodeJS.ErrnoException).code !== "EEXIST") await rm(file, { force: true });
  throw failed.reason;
}
