import { formatMoment } from "../../format";
import type { OpenTicket, ticketCounts } from "../data/tickets";
import { cutLine } from "../most";
import type { Column, Section } from "../types";

const columns: Column[] = [{ label: "Ticket" }, { label: "Title" }, { label: "Open since" }, { label: "By" }];

/** @param open null for who may not look at tickets: then only the counts are told. */
export function ticketSections(
  counts: Awaited<ReturnType<typeof ticketCounts>>,
  open: readonly OpenTicket[] | null,
  timeZone: string,
): Section[] {
  const figures: Section = {
    kind: "figures",
    figures: [
      { label: "Tickets opened", value: counts.opened.toLocaleString("en") },
      { label: "Tickets resolved", value: counts.resolved.toLocaleString("en") },
      {
        label: "Open at the end",
        value: counts.open.toLocaleString("en"),
        tone: counts.open > 0 ? "warning" : "neutral",
      },
    ],
  };
  if (!open) return [figures];
  const rows = open.map(({ id, number, title, createdAt, createdBy }) => ({
    cells: [
      { text: number === null ? "–" : `T-${number}`, link: { to: "tickets", id } as const },
      { text: title },
      { text: formatMoment(createdAt, timeZone), file: createdAt.toISOString() },
      { text: createdBy },
    ],
  }));
  return [
    figures,
    {
      kind: "table",
      title: "Open tickets",
      columns,
      rows: [...rows, ...cutLine(rows.length, "tickets")],
      empty: "No ticket was open.",
    },
  ];
}
