import { formatMoment } from "../../format";
import { type RunStatus, statusLabels, sumOf, totalOf } from "../../statuses";
import { groupedBy } from "../grouped";
import { rateOf } from "../rules";
import type { Cell, Column, Figure, JobResult, Results, Row, Section } from "../types";

const numbers = ["success", "warning", "failed", "missed", "unknown"] as const;

/** @returns the figures of a period: rate, runs, and how they ended. */
export function figuresOf({ days }: Results): Section {
  const sum = sumOf(days);
  const tones = {
    failed: "danger",
    missed: "danger",
    warning: "warning",
    unknown: "neutral",
    success: "success",
  } as const;
  const of = (status: RunStatus): Figure => ({
    label: statusLabels[status],
    value: sum[status].toLocaleString("en"),
    tone: sum[status] > 0 ? tones[status] : "neutral",
  });
  const runs = totalOf(sum);
  const all = [
    { label: "Success rate", value: rateOf(sum) },
    { label: runs === 1 ? "Run" : "Runs", value: runs.toLocaleString("en") },
  ];
  return { kind: "figures", figures: [...all, ...numbers.map(of)] };
}

export const runsPerDay = ({ days }: Results): Section => ({ kind: "days", title: "Runs per day", days });

const columns: Column[] = [
  { label: "Customer", only: "file" },
  { label: "Customer and job", file: "Job" },
  { label: "Software", only: "file" },
  { label: "Runs", align: "right" },
  ...numbers.map((status): Column => ({ label: statusLabels[status], align: "right" })),
  { label: "Rate", file: "Success rate", align: "right" },
  { label: "Last result" },
  { label: "Last run", only: "file" },
];

/** @param jobs jobs of a customer stand together. @returns a row for each job, below the sums of its customer. */
export function resultsPerJob({ jobs }: Results, timeZone: string): Section {
  const groups = groupedBy(jobs, ({ customerId }) => customerId);
  const rows = [...groups.values()].flatMap((own) => [customerRow(own), ...own.map((job) => jobRow(job, timeZone))]);
  return {
    kind: "table",
    title: "Results per customer and job",
    columns,
    rows,
    empty: "No job existed in these days.",
  };
}

function customerRow(own: readonly JobResult[]): Row {
  const [first] = own;
  const name: Cell = { text: first?.customer ?? "", link: first && { to: "customers", id: first.customerId } };
  const sum = sumOf(own);
  return {
    isHeading: true,
    cells: [{ text: "" }, name, { text: "" }, ...counts(sum), { text: rateOf(sum) }, { text: "" }, { text: "" }],
  };
}

function jobRow(job: JobResult, timeZone: string): Row {
  const last: Cell = job.lastStatus
    ? { text: formatMoment(job.lastRanAt, timeZone), file: job.lastStatus, status: job.lastStatus }
    : { text: "No run", file: null };
  return {
    cells: [
      { text: job.customer },
      { text: job.job, link: { to: "jobs", id: job.jobId } },
      { text: job.software },
      ...counts(job),
      { text: rateOf(job), file: totalOf(job) === 0 ? "" : rateOf(job) },
      last,
      { text: "", file: job.lastRanAt?.toISOString() ?? null },
    ],
  };
}

const counts = (of: JobResult | ReturnType<typeof sumOf>): Cell[] =>
  [totalOf(of), ...numbers.map((status) => of[status])].map((count) => ({
    text: count.toLocaleString("en"),
    file: count,
  }));
