import type { Counts, RunStatus } from "../statuses";
import type { Period } from "./rules";

export type ReportRow = {
  id: string;
  name: string;
  days: number;
  customerId: string | null;
  /** Null for all customers, and for one that the role does not cover. */
  customer: string | null;
  createdBy: string;
  createdAt: Date;
  version: number;
};
export type ReportSort = "name" | "days" | "created";

export type JobResult = Counts & {
  customerId: string;
  customer: string;
  jobId: string;
  job: string;
  software: string;
  lastStatus: RunStatus | null;
  lastRanAt: Date | null;
};
export type DayResult = Counts & { day: string };
export type Results = { period: Period; jobs: JobResult[]; days: DayResult[] };
