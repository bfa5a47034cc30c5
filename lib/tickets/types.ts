import type { Target } from "./rules";

/** What it is about with its name for people: "Harbour Dental", "Harbour Dental: Daily servers", "..., VM-1". */
export type NamedTarget = Target & { label: string };

/** `scopeId` names the tie between the ticket and what it is about; `run` is the one it was made from. */
export type TicketScope = NamedTarget & { scopeId: string; run: { id: string; ranAt: Date } | null };

export type Assignee = { id: string; username: string };

export type TicketRow = {
  id: string;
  number: number | null;
  title: string;
  createdBy: string;
  createdAt: Date;
  resolvedAt: Date | null;
  /** The number it has in another ticket system. */
  externalCode: string;
  assignee: string | null;
  scopes: TicketScope[];
};

export type Ticket = TicketRow & {
  body: string;
  externalUrl: string;
  assigneeId: string | null;
  resolvedBy: string | null;
  version: number;
};

/** The form of a new ticket as it is first shown. */
export type TicketDraft = { title: string; body: string; targets: NamedTarget[]; runId: string | null };
export type TicketSort = "created" | "code" | "title" | "by";
