import { formatDuration, formatMoment } from "../../format";
import type { Reviews } from "../data/reviews";
import type { Column, Section } from "../types";

const columns: Column[] = [
  { label: "Reviewed by" },
  { label: "Runs", align: "right" },
  { label: "Of them no success", align: "right" },
  { label: "Usually after", file: "Median seconds", align: "right" },
  { label: "Last time" },
];

/** @returns who reviewed the runs of the period, and what nobody did. */
export function reviewSections(reviews: Reviews, timeZone: string): Section[] {
  const left = reviews.find(({ reviewer }) => reviewer === null);
  const total = reviews.reduce((sum, { reviewed }) => sum + reviewed, 0);
  const done = total - (left?.reviewed ?? 0);
  const share = total === 0 ? "–" : `${(Math.floor((done / total) * 1000) / 10).toFixed(done === total ? 0 : 1)} %`;
  const people = reviews.filter(({ reviewer }) => reviewer !== null);
  return [
    {
      kind: "figures",
      figures: [
        { label: "Reviewed", value: share, tone: done === total ? "neutral" : "warning" },
        { label: "Runs reviewed", value: done.toLocaleString("en") },
        {
          label: "Not reviewed",
          value: (total - done).toLocaleString("en"),
          tone: total > done ? "warning" : "neutral",
        },
        {
          label: "Not reviewed, no success",
          value: (left?.trouble ?? 0).toLocaleString("en"),
          tone: left?.trouble ? "danger" : "neutral",
        },
      ],
    },
    {
      kind: "table",
      title: "Reviews",
      columns,
      rows: people.map(({ reviewer, reviewed, trouble, medianSeconds, lastAt }) => ({
        cells: [
          { text: reviewer ?? "" },
          { text: reviewed.toLocaleString("en"), file: reviewed },
          { text: trouble.toLocaleString("en"), file: trouble },
          { text: formatDuration(medianSeconds), file: medianSeconds === null ? null : Math.round(medianSeconds) },
          { text: formatMoment(lastAt, timeZone), file: lastAt === null ? null : new Date(lastAt).toISOString() },
        ],
      })),
      empty: "Nobody reviewed a run of these days.",
    },
  ];
}
