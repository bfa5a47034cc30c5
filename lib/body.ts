import { UserError } from "./errors";

/**
 * Reads what a request brings, and stops as soon as it is too much, whatever its head promised.
 * @param limit in bytes. @throws TooLarge, or BrokenOff when the sender went away.
 */
export async function readBody(request: Pick<Request, "headers" | "body">, limit: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw new TooLarge(limit);
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read().catch(() => {
      throw new BrokenOff();
    });
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => {});
      throw new TooLarge(limit);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, size);
}

export class TooLarge extends UserError {
  constructor(limit: number) {
    super(`is larger than ${Math.floor(limit / 1024 / 1024)} MB.`);
  }
}

export class BrokenOff extends UserError {
  constructor() {
    super("did not arrive completely.");
  }
}
