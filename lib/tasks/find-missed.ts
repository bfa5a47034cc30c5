import "server-only";
import { afterRuns } from "../filing/after-runs";
import { findMissed } from "../schedules/find-missed";
import { silentChannels } from "../sources/silent-channels";

/** Looks for missed runs; what follows from new runs follows from these too. */
export const findMissedNow = (signal: AbortSignal): Promise<void> =>
  findMissed(signal, { silentChannels, follow: afterRuns });
