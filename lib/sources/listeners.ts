import "server-only";
import { isDatabaseAway } from "../errors";
import { log } from "../log";
import { type Listener, openListener } from "./smtp-listener";
import { asSource, enabledRows, noteCheck } from "./stored";
import type { SmtpSource } from "./types";
import { inWords } from "./words";

/** How soon a changed row is noticed, and a port that became free. */
const LOOK_MS = 3000;
/** How often a node says that it listens. */
const BEAT_MS = 20_000;
/** While another node said so lately, one that cannot listen is no error: two may share a machine. */
const FRESH_MS = 50_000;

type Row = Awaited<ReturnType<typeof enabledRows>>[number];
type Open = { listener: Listener; beatAt: number };
type State = { open: Map<string, Open>; timer: NodeJS.Timeout; looking?: Promise<void>; stopped: boolean };
// One per process, also across hot reloads.
const kept = globalThis as typeof globalThis & { backupchecksListeners?: State };

/** From now on this node listens where the listeners that are stored say, and follows their changes. Call once. */
export function startListeners(): void {
  if (kept.backupchecksListeners) return;
  const timer = setInterval(() => look(), LOOK_MS);
  timer.unref();
  kept.backupchecksListeners = { open: new Map(), timer, stopped: false };
  look();
}

/** Takes no new connection, gives those that are open a second to end, and returns. */
export async function stopListeners(): Promise<void> {
  const state = kept.backupchecksListeners;
  if (!state) return;
  state.stopped = true;
  clearInterval(state.timer);
  await state.looking;
  await Promise.all([...state.open.values()].map(({ listener }) => listener.close()));
  kept.backupchecksListeners = undefined;
}

function look(): void {
  const state = kept.backupchecksListeners;
  if (!state || state.stopped || state.looking) return;
  state.looking = follow(state)
    // Who listens goes on: senders are told to come again.
    .catch((error: unknown) => {
      if (!isDatabaseAway(error)) log.error({ err: error }, "looking after the listeners failed");
    })
    .finally(() => {
      state.looking = undefined;
    });
}

async function follow(state: State): Promise<void> {
  const rows = new Map((await enabledRows("smtp")).map((row) => [`${row.id} ${row.version}`, row]));
  for (const [key, { listener }] of state.open) {
    if (rows.has(key)) continue;
    state.open.delete(key);
    await listener.close();
  }
  for (const [key, row] of rows) {
    const open = state.open.get(key);
    if (!open) await begin(state, key, row);
    else if (Date.now() - open.beatAt > BEAT_MS) {
      open.beatAt = Date.now();
      await noteCheck(row, null, true);
    }
  }
}

async function begin(state: State, key: string, row: Row): Promise<void> {
  try {
    const listener = await openListener(asSource(row) as SmtpSource);
    state.open.set(key, { listener, beatAt: Date.now() });
  } catch (error) {
    const words = inWords(error);
    const isFresh = row.succeededAt !== null && Date.now() - row.succeededAt.getTime() < FRESH_MS;
    if (row.error !== words && !isFresh) await noteCheck(row, words, false);
    return;
  }
  await noteCheck(row, null, true);
}
