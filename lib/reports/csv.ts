import "server-only";
import { toCsv } from "../csv";
import { totalOf } from "../statuses";
import { rateOf } from "./rules";
import type { JobResult, Results } from "./types";

const columns: Record<string, (row: JobResult) => string | number | null> = {
  Customer: (row) => row.customer,
  Job: (row) => row.job,
  Software: (row) => row.software,
  Runs: totalOf,
  Success: (row) => row.success,
  Warning: (row) => row.warning,
  Failed: (row) => row.failed,
  Missed: (row) => row.missed,
  Unknown: (row) => row.unknown,
  "Success rate": (row) => (totalOf(row) === 0 ? "" : rateOf(row)),
  "Last result": (row) => row.lastStatus,
  "Last run": (row) => row.lastRanAt?.toISOString() ?? null,
};

/** @returns a line for each job, with moments in ISO 8601, UTC. */
export const resultsCsv = ({ jobs }: Results): string => toCsv(jobs, columns);
