import "server-only";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { UserError } from "../errors";

/** One file of an export: what it is, and its content, which must be read before the next one. */
export type ExportedFile = { kind: "manifest" | "table" | "mail"; name: string; size: number; content: Readable };

/**
 * Reads an archive from the beginning to the end. Nothing is ever written where its names point to.
 * @throws UserError for what is no export, was cut short, or holds anything else.
 */
export async function* readExport(file: string): AsyncGenerator<ExportedFile> {
  const archive = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), archive).then(
    () => null,
    (error: unknown) => error,
  );
  try {
    for await (const entry of archive) {
      yield fileOf(entry.header, entry as unknown as Readable);
      entry.resume();
    }
    const error = await reading;
    if (error) throw error;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw cutShort(error);
  } finally {
    archive.destroy();
  }
}

/** @returns the lines of a file, without their breaks. @throws UserError for a line of more than 64 MB. */
export async function* linesOf(content: Readable): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(content)) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LONGEST_LINE) throw new UserError("This is no export: a line of it is longer than any row.");
  }
  if (rest.length > 0) throw new UserError("This export was cut short: its last line has no end.");
}

/** @returns the whole content. @param limit in bytes. */
export async function bytesOf({ size, content, name }: ExportedFile, limit: number): Promise<Buffer> {
  if (size > limit) throw new UserError(`This is no export: ${name} is too large.`);
  const chunks: Buffer[] = [];
  for await (const chunk of chunksOf(content)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* chunksOf(content: Readable): AsyncGenerator<Buffer> {
  try {
    yield* content as AsyncIterable<Buffer>;
  } catch (error) {
    throw cutShort(error);
  }
}

function cutShort(error: unknown): UserError {
  const reason = error instanceof Error ? error.message : "unknown";
  return new UserError(`This is no whole export: it was cut short, or is another kind of file (${reason}).`);
}

const LONGEST_LINE = 64 * 1024 * 1024;

function fileOf(header: { name: string; type?: string | null; size?: number }, content: Readable): ExportedFile {
  const { name, type, size = 0 } = header;
  if (type === "file") {
    if (name === "manifest.json") return { kind: "manifest", name, size, content };
    const table = /^tables\/([a-z_]{1,63})\.jsonl$/.exec(name)?.[1];
    if (table) return { kind: "table", name: table, size, content };
    const mail = /^mails\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.eml$/.exec(name)?.[1];
    if (mail) return { kind: "mail", name: mail, size, content };
  }
  throw new UserError(`This is no export of BackupChecks: it holds ${JSON.stringify(name.slice(0, 200))}.`);
}
