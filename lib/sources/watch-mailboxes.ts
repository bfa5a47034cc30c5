import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { isHosted } from "../env";
import { log } from "../log";
import { checkAfresh, mustWait } from "./check-mailbox";
import { withFolder } from "./imap-connection";
import { asSource, enabledRows } from "./stored";
import type { ImapSource } from "./types";
import { inWords } from "./words";

/** After that the task ends and begins anew, so that the list of tasks shows that it lives. */
const ROUND_MS = 10 * 60_000;
/** How soon a changed source is noticed. */
const LOOK_MS = 5000;
const LONGEST_MS = 40_000;
const AGAIN_MS = 2000;
const LATEST_AGAIN_MS = 5 * 60_000;

/**
 * Keeps one connection per IMAP mailbox that waits for news (RFC 2177) and has the mailbox read when there are some:
 * mails are here within seconds, and the reading every minute is what one can rely on.
 */
export async function watchMailboxes(signal: AbortSignal): Promise<void> {
  // A host without long-lived processes would only pay for waiting.
  if (isHosted()) return;
  const watched = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  const endsAt = Date.now() + ROUND_MS;
  try {
    while (!signal.aborted && Date.now() < endsAt) {
      const rows = await enabledRows("imap");
      const wanted = new Map(rows.map((row) => [`${row.id} ${row.version}`, row]));
      for (const [key, { stop }] of watched) if (!wanted.has(key)) stop.abort(new Error("The source was changed."));
      for (const [key, row] of wanted) {
        if (watched.has(key)) continue;
        const stop = new AbortController();
        const ended = watch(row, AbortSignal.any([signal, stop.signal])).finally(() => watched.delete(key));
        watched.set(key, { stop, ended });
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    const ends = [...watched.values()].map(({ stop, ended }) => {
      stop.abort(new Error("The watch is over."));
      return ended;
    });
    await Promise.allSettled(ends);
  }
}

type Row = Awaited<ReturnType<typeof enabledRows>>[number];

async function watch(row: Row, signal: AbortSignal): Promise<void> {
  for (let again = AGAIN_MS; !signal.aborted; again = Math.min(again * 2, LATEST_AGAIN_MS)) {
    const startedAt = Date.now();
    try {
      if (!mustWait(row)) await waitForNews(asSource(row) as ImapSource, signal);
    } catch (error) {
      if (signal.aborted) return;
      // The reading every minute notes it at the source; here it is only the end of this connection.
      log.info({ source: row.name, words: inWords(error) }, "waiting for news of a mailbox ended");
    }
    if (Date.now() - startedAt > LATEST_AGAIN_MS) again = AGAIN_MS;
    await sleep(again, undefined, { signal }).catch(() => {});
  }
}

function waitForNews(source: ImapSource, signal: AbortSignal): Promise<void> {
  const work = withFolder(
    source,
    signal,
    async (client) => {
      const read = () => void checkAfresh(source.id, signal, LONGEST_MS).catch(() => {});
      client.on("exists", ({ count, prevCount }) => {
        if (count > prevCount) read();
      });
      // What came between two connections was announced to nobody.
      read();
      while (client.usable && !signal.aborted) await client.idle();
    },
    true,
  );
  return work;
}
