import type { Target } from "./rules";

/** A customer or a job with its name for people: "Harbour Dental", "Harbour Dental: Daily servers". */
export type NamedTarget = Target & { label: string };

/** `scopeId` names the tie between the ticket and what it is about. */
export type TicketScope = NamedTarget & { scopeId: string };

export type TicketRow = {
  id: string;
  number: number | null;
  title: string;
  createdBy: string;
  createdAt: Date;
  resolvedAt: Date | null;
  scopes: TicketScope[];
};

export type Ticket = TicketRow & { body: string; resolvedBy: string | null; version: number };
export type TicketSort = "created" | "code" | "title" | "by";
