import "server-only";
import { type Access, can } from "../access/can";
import { readAccessAgain } from "../access/session";
import { db } from "../db";
import { log } from "../log";
import { stopSignal } from "../stopping";
import { fingerprintOf } from "./fingerprint";

const LOOK_MS = 5000;
/** Then the browser connects anew. */
const LONGEST_MS = 5 * 60_000;
/** In one process; who comes later asks now and then instead. */
const MOST_STREAMS = 500;

const kept = globalThis as typeof globalThis & { backupchecksStreams?: Set<() => void> };

/**
 * News for a page that stays open, as server-sent events: "changed" without a word about what, since the page asks again
 * as its reader may. Without `text/event-stream` in Accept: the fingerprint of now, for who asks every half minute.
 * @returns 503 when too many listen already.
 */
export async function news(access: Access, request: Request): Promise<Response> {
  const fingerprint = await fingerprintOf(access);
  // A stream that answers HEAD would be read by nobody, and go on all the same.
  const listens = request.method === "GET" && request.headers.get("accept")?.includes("text/event-stream");
  if (!listens) return Response.json({ fingerprint });
  const open = openStreams();
  if (open.size >= MOST_STREAMS) return new Response(null, { status: 503, headers: { "Retry-After": "60" } });
  return new Response(streamOf(access, fingerprint, AbortSignal.any([request.signal, stopSignal()]), open), {
    // Some proxies would collect the events otherwise.
    headers: {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

function streamOf(
  access: Access,
  first: string,
  signal: AbortSignal,
  open: Set<() => void>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      let known = first;
      let ended = false;
      end = () => {
        if (ended) return;
        ended = true;
        open.delete(end);
        clearTimeout(longest);
        clearTimeout(next);
        controller.close();
      };
      const look = async () => {
        const current = await readAccessAgain(db(), access);
        if (!current || current.mustChangePassword || !can(current, "dashboard.view")) return end();
        const now = await fingerprintOf(current);
        if (ended) return;
        send(now === known ? ": still here\n\n" : "event: changed\ndata: 1\n\n");
        known = now;
        next = setTimeout(again, LOOK_MS);
      };
      const again = () =>
        void look().catch((error: unknown) => {
          log.warn({ err: error }, "looking for news failed");
          end();
        });
      const longest = setTimeout(end, LONGEST_MS);
      let next = setTimeout(again, LOOK_MS);
      open.add(end);
      signal.addEventListener("abort", end);
      send("retry: 5000\n\n");
    },
    cancel: () => end(),
  });
}

function openStreams(): Set<() => void> {
  kept.backupchecksStreams ??= new Set();
  return kept.backupchecksStreams;
}
