/** What one process takes before it asks machines to come back later. Counted in memory: after a restart it starts anew. */

const MINUTE_MS = 60_000;
/** Bodies that are read at the same time, each up to 25 MB. */
const BODIES = 8;
const WRONG_KEYS_PER_MINUTE = 30;
/** Refusals that the audit log gets in a minute, from however many addresses. */
const NOTED_PER_MINUTE = 60;

let bodies = 0;
let minute = 0;
let wrongKeys = new Map<string, number>();

/** @returns a function to call when the body was read, or null when too many are being read. */
export function enter(): (() => void) | null {
  if (bodies >= BODIES) return null;
  bodies++;
  return () => {
    bodies--;
  };
}

/** @returns whether this address may still guess: few wrong keys came from it in this minute. */
export function mayTryKey(address: string): boolean {
  return (thisMinute().get(address) ?? 0) < WRONG_KEYS_PER_MINUTE;
}

/** Counts a wrong key. @returns whether it goes into the audit log: the first of its address in this minute, up to a limit. */
export function worthNoting(address: string): boolean {
  const counts = thisMinute();
  const before = counts.get(address) ?? 0;
  if (before > 0 || counts.size < 10_000) counts.set(address, before + 1);
  return before === 0 && counts.size <= NOTED_PER_MINUTE;
}

function thisMinute(): Map<string, number> {
  const now = Math.floor(Date.now() / MINUTE_MS);
  if (now !== minute) [minute, wrongKeys] = [now, new Map()];
  return wrongKeys;
}
