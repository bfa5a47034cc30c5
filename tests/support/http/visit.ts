import http from "node:http";
import type { Person } from "./people";

export type Answer = { status: number; location: string; headers: http.IncomingHttpHeaders; body: string };

/** `from` is the client's own address: all of 127.0.0.0/8 is this machine. */
type Sent = { method?: string; headers?: Record<string, string>; body?: Buffer | string; from?: string };

const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });

/**
 * Sends one request exactly as written: no redirect followed, no address normalised, no header added but Host and Cookie.
 * @param path as it goes over the wire, e.g. `//jobs` or `/%6aobs`.
 */
export function visit(server: string, path: string, who: Person | null, sent: Sent = {}): Promise<Answer> {
  const { hostname, port } = new URL(server);
  const method = sent.method ?? "GET";
  const length = sent.body === undefined ? {} : { "content-length": String(Buffer.byteLength(sent.body)) };
  const headers = { ...length, ...(who?.cookie && { cookie: who.cookie }), ...sent.headers };
  const isRepeatable = method === "GET";
  const options = { hostname, port, path, method, headers, localAddress: sent.from, agent: isRepeatable && agent };
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, location: headers.location ?? "", headers, body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The server may close an idle connection in the very moment in which it is used again.
      const isClosedIdle = isRepeatable && request.reusedSocket && error.code === "ECONNRESET";
      if (isClosedIdle) visit(server, path, who, sent).then(resolve, reject);
      else reject(error);
    });
    request.end(sent.body);
  });
}

/** Like `visit`, but goes where the framework sends a request of its router that lacks the checksum of its headers. */
export async function visitAsRouter(server: string, path: string, who: Person | null, sent: Sent): Promise<Answer> {
  const answer = await visit(server, path, who, sent);
  const isOnlyChecksum = /[?&]_rsc\b/.test(answer.location) && answer.status === 307;
  return isOnlyChecksum && !path.includes("_rsc") ? visit(server, answer.location, who, sent) : answer;
}

/** Runs the work for each item, `width` at a time, and hands back the answers in order. */
export async function eachOf<I, O>(items: readonly I[], work: (item: I) => Promise<O>, width = 8): Promise<O[]> {
  const answers: O[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) answers[at] = await work(items[at] as I);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return answers;
}
