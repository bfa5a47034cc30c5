import { formatCount, formatMoment } from "../../format";
import type { MissedRun } from "../data/missed";
import { cutLine } from "../most";
import type { Column, Row, Section } from "../types";

const columns: Column[] = [
  { label: "Customer" },
  { label: "Job" },
  { label: "Expected" },
  { label: "Came after all", file: "Came at" },
  { label: "Reviewed by" },
];

/** @returns how many runs were missed, and each of them. */
export function missedSections(missed: readonly MissedRun[], timeZone: string): Section[] {
  const late = missed.filter(({ cameAt }) => cameAt !== null).length;
  const suspected = missed.filter(({ isSuspected }) => isSuspected).length;
  const gone = missed.length - late - suspected;
  const jobs = new Set(missed.map(({ jobId }) => jobId)).size;
  const rows = missed.map((run) => missedRow(run, timeZone));
  return [
    {
      kind: "figures",
      figures: [
        {
          label: "Missed",
          value: gone.toLocaleString("en"),
          tone: gone > 0 ? "danger" : "neutral",
        },
        { label: "Came late", value: late.toLocaleString("en"), tone: late > 0 ? "warning" : "neutral" },
        { label: "Only suspected", value: suspected.toLocaleString("en") },
        { label: "Jobs", value: formatCount(jobs, "job") },
      ],
    },
    {
      kind: "table",
      title: "Missed runs",
      columns,
      rows: [...rows, ...cutLine(rows.length, "missed")],
      empty: "No run was missed.",
    },
  ];
}

function missedRow(run: MissedRun, timeZone: string): Row {
  return {
    cells: [
      { text: run.customer, link: { to: "customers", id: run.customerId } },
      { text: run.job, link: { to: "jobs", id: run.jobId } },
      {
        text: formatMoment(run.expectedAt, timeZone),
        file: run.expectedAt.toISOString(),
        link: { to: "runs", id: run.id },
      },
      {
        text: run.cameAt ? formatMoment(run.cameAt, timeZone) : run.isSuspected ? "The source was silent" : "Never",
        file: run.cameAt?.toISOString() ?? null,
      },
      { text: run.reviewer ?? "–", file: run.reviewer },
    ],
  };
}
