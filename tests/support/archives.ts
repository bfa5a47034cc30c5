import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { extract, type Header, pack } from "tar-stream";

export type File = { header: Pick<Header, "name"> & Partial<Header>; content: Buffer };

/** @returns the files of a .tar.gz, in its order. */
export async function unpacked(archive: string | Buffer): Promise<File[]> {
  const files: File[] = [];
  const reader = extract();
  reader.end(gunzipSync(typeof archive === "string" ? readFileSync(archive) : archive));
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.push({ header: entry.header, content: Buffer.concat(chunks) });
  }
  return files;
}

/** Writes a .tar.gz with these files, whatever they are. */
export async function packInto(archive: string, files: readonly File[]): Promise<void> {
  const writer = pack();
  for (const { header, content } of files) writer.entry({ ...header, size: content.length }, content);
  writer.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of writer) chunks.push(chunk as Buffer);
  writeFileSync(archive, gzipSync(Buffer.concat(chunks)));
}
