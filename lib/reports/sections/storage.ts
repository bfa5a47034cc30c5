import { formatBytes } from "../../format";
import type { SizeOfDay } from "../data/storage";
import { groupedBy } from "../grouped";
import { daysOf, type Period } from "../rules";
import type { Column, Row, Section } from "../types";

const columns: Column[] = [
  { label: "Customer" },
  { label: "Job" },
  { label: "At first", file: "First bytes", align: "right" },
  { label: "At last", file: "Last bytes", align: "right" },
  { label: "Growth", file: "Growth bytes", align: "right" },
  { label: "Growth in %", align: "right" },
  { label: "Transferred", file: "Transferred bytes", align: "right" },
];

type OfJob = { own: SizeOfDay[]; first: number; last: number; transferred: number };

/** @param sizes by job, then by day. @returns how much was backed up: in sum day by day, and per job, what grew most first. */
export function storageSections(sizes: readonly SizeOfDay[], period: Period): Section[] {
  const jobs = [...groupedBy(sizes, ({ jobId }) => jobId).values()].map(ofJob).sort((a, b) => growth(b) - growth(a));
  const sum = (of: (job: OfJob) => number) => jobs.reduce((total, job) => total + of(job), 0);
  const [first, last] = [sum((job) => job.first), sum((job) => job.last)];
  return [
    {
      kind: "figures",
      figures: [
        { label: "Backed up at last", value: formatBytes(last) },
        { label: "Growth", value: signed(last - first) },
        { label: "Growth in %", value: percent(first, last) },
        { label: "Transferred", value: formatBytes(sum(({ transferred }) => transferred)) },
      ],
    },
    { kind: "line", title: "Backed up, all jobs together", points: totals(jobs, period) },
    { kind: "table", title: "Storage per job", columns, rows: jobs.map(row), empty: "No run told a size." },
  ];
}

function ofJob(own: SizeOfDay[]): OfJob {
  return {
    own,
    first: own[0]?.bytes ?? 0,
    last: own.at(-1)?.bytes ?? 0,
    transferred: own.reduce((total, { transferred }) => total + transferred, 0),
  };
}

const growth = ({ first, last }: OfJob): number => last - first;

/** A job counts with what it said last, and before it said anything with what it says first: else a new day would look like growth. */
function totals(jobs: readonly OfJob[], period: Period): { day: string; bytes: number | null }[] {
  const perJob = jobs.map(({ own }) => new Map(own.map(({ day, bytes }) => [day, bytes])));
  const known = jobs.map(({ first }) => first);
  return daysOf(period).map((day) => {
    for (const [index, sizes] of perJob.entries()) known[index] = sizes.get(day) ?? known[index] ?? 0;
    return { day, bytes: jobs.length === 0 ? null : known.reduce((total, bytes) => total + bytes, 0) };
  });
}

function row(job: OfJob): Row {
  const { customer = "", customerId = "", job: name = "", jobId = "" } = job.own[0] ?? {};
  return {
    cells: [
      { text: customer, link: { to: "customers", id: customerId } },
      { text: name, link: { to: "jobs", id: jobId } },
      { text: formatBytes(job.first), file: job.first },
      { text: formatBytes(job.last), file: job.last },
      { text: signed(growth(job)), file: growth(job) },
      { text: percent(job.first, job.last), file: share(job.first, job.last) },
      { text: formatBytes(job.transferred), file: job.transferred },
    ],
  };
}

const signed = (bytes: number): string =>
  bytes === 0 ? "0 B" : `${bytes > 0 ? "+" : "−"}${formatBytes(Math.abs(bytes))}`;

function percent(first: number, last: number): string {
  const change = share(first, last);
  return change === null ? "–" : `${change > 0 ? "+" : ""}${change.toFixed(1).replace("-", "−")} %`;
}

/** In percent of what there was at first, with one decimal; null where there was nothing. */
const share = (first: number, last: number): number | null =>
  first === 0 ? null : Math.round(((last - first) / first) * 1000) / 10;
