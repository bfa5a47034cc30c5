import "server-only";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Pack } from "tar-stream";

const CHUNK = 64 * 1024;
const LOOK_AGAIN_MS = 50;

/**
 * Packs an archive into a temporary file and hands it out at the same time. So whoever reads slowly keeps no transaction
 * open, behind which on the embedded database everybody would wait; and the answer begins at once.
 * @param fill writes the archive and finalizes it; when it fails, the stream fails, and what was read is no whole archive.
 */
export async function spooled(
  archive: Pack,
  fill: (signal: AbortSignal) => Promise<void>,
): Promise<ReadableStream<Uint8Array>> {
  const folder = await mkdtemp(path.join(tmpdir(), "backupchecks-export-"));
  const name = path.join(folder, "export.tar.gz");
  const abort = new AbortController();
  const state = { isDone: false, error: null as unknown };
  const file = await open(name, "wx+", 0o600);
  const remove = () => rm(folder, { recursive: true, force: true });
  // It lives on without a name until it is closed, and so leaves nothing behind however this ends; some systems refuse.
  await remove().catch(() => {});
  const writing = Promise.all([
    pipeline(archive, createGzip(), file.createWriteStream({ start: 0, autoClose: false }), { signal: abort.signal }),
    fill(abort.signal).catch((error: unknown) => {
      archive.destroy();
      throw error;
    }),
  ]);
  writing.then(
    () => {
      state.isDone = true;
    },
    (error: unknown) => {
      state.error = error;
      abort.abort(error);
    },
  );
  const close = async () => {
    await writing.catch(() => {});
    await file.close();
    await remove();
  };
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          if (state.error) {
            await close();
            throw state.error;
          }
          const isDone = state.isDone;
          const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, at);
          at += bytesRead;
          if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
          if (isDone) {
            controller.close();
            return close();
          }
          await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
        }
      },
      async cancel() {
        abort.abort(new Error("Nobody reads the export any more."));
        await close();
      },
    },
    { highWaterMark: 1 },
  );
}
