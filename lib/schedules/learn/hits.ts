import type { RunStatus } from "../../statuses";
import { type Hit, HOUR, MINUTE } from "../types";
import { median } from "./stats";

/** What learning and judging need to know of a run; moments in milliseconds since the epoch. */
export type SeenRun = { id: string; ranAt: number; reportedAt: number; status: RunStatus };

const SAME_RUN = 10 * MINUTE;
const RETRY = 3 * HOUR;

/**
 * Makes one hit of a run and its repetitions: what follows a run that was no success within three hours, or a quarter of the usual gap
 * where that is longer, is another attempt at it. What follows a success is a run of its own, however soon.
 * @param runs in any order.
 * @param usualGap milliseconds between two expected runs, where that is known. @returns in order.
 */
export function collapse(runs: readonly SeenRun[], usualGap?: number): Hit[] {
  const sorted = [...runs].sort((a, b) => a.ranAt - b.ranAt);
  const gap = usualGap ?? gapOf(sorted);
  const same = Math.min(SAME_RUN, gap / 4);
  const retry = Math.min(Math.max(RETRY, gap / 4), gap * 0.45);
  const hits: Hit[] = [];
  let last: SeenRun | undefined;
  for (const run of sorted) {
    const since = last ? run.ranAt - last.ranAt : Number.POSITIVE_INFINITY;
    const repeats = since < same || (since < retry && last?.status !== "success");
    last = run;
    if (!repeats) hits.push({ at: run.ranAt, reportedAt: run.reportedAt, runId: run.id });
  }
  return hits;
}

/** Between runs that each were a success, so that retries do not make it look shorter. */
function gapOf(sorted: readonly SeenRun[]): number {
  const gaps = sorted.slice(1).map((run, i) => run.ranAt - (sorted[i]?.ranAt ?? 0));
  const regular = gaps.filter((_, i) => sorted[i]?.status === "success");
  return median(regular.length >= gaps.length / 3 ? regular : gaps) || 24 * HOUR;
}

/**
 * When a run was reported: the mail may be delivered long after it was sent, as a backlog or as a file that somebody uploads; then it
 * says nothing about the job.
 */
export function reportedAt(run: {
  ranAt: Date;
  endedAt: Date | null;
  sentAt: Date | null;
  receivedAt: Date | null;
}): number {
  const { ranAt, endedAt, sentAt, receivedAt } = run;
  const said = [sentAt, endedAt].find((at) => at !== null && at >= ranAt)?.getTime() ?? ranAt.getTime();
  const received = receivedAt?.getTime() ?? said;
  return received - said < 2 * HOUR ? Math.max(received, said) : said;
}
