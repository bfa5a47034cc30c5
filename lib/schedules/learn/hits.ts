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
  const retry = Math.min(Math.max(RETRY, gap / 4), gap * 0.45);
  return without(sorted, Math.min(SAME_RUN, gap / 4), retry).map(({ ranAt, reportedAt, id }) => ({
    ...{ at: ranAt, reportedAt, runId: id },
  }));
}

function without(sorted: readonly SeenRun[], same: number, retry: number): SeenRun[] {
  return sorted.filter((run, i) => {
    const before = sorted[i - 1];
    if (!before) return true;
    const since = run.ranAt - before.ranAt;
    return since >= same && (since >= retry || before.status === "success");
  });
}

/** Between runs that were a success, so that retries do not make it look shorter; where there are few, between chains of attempts. */
function gapOf(sorted: readonly SeenRun[]): number {
  const gaps = gapsOf(sorted);
  const regular = gaps.filter((_, i) => sorted[i]?.status === "success");
  const chains = gapsOf(without(sorted, SAME_RUN, RETRY));
  const telling = regular.length >= gaps.length / 3 ? regular : chains.length >= 3 ? chains : gaps;
  return median(telling) || 24 * HOUR;
}

const gapsOf = (sorted: readonly SeenRun[]): number[] =>
  sorted.slice(1).map((run, i) => run.ranAt - (sorted[i]?.ranAt ?? 0));

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
