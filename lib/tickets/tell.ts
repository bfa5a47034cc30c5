import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { ticketScopes } from "../db/schema/tickets";
import { enqueueMail, enqueueWebhook } from "../outgoing/enqueue";
import { linkTo } from "../outgoing/link";
import { recipientsOf } from "../outgoing/stored";
import { codeOf, type TicketKind } from "./rules";

export type TicketEvent = "created" | "resolved" | "reopened";

type Told = { id: string; kind: TicketKind; number: number | null; title: string };

/**
 * Tells whom the account wants to be told, by mail and webhook, of what happened to a ticket. Not of remarks.
 * Texts and notes stay here: those outside get what leads them to the ticket.
 */
export async function tellOutside(
  tx: Tx,
  event: TicketEvent,
  { id, kind, number, title }: Told,
  who: string,
): Promise<void> {
  const code = codeOf(number);
  if (kind !== "ticket" || !code) return;
  const { tickets: to } = await recipientsOf(tx);
  const { customers, jobs } = await whatAbout(tx, id);
  const link = linkTo(`/tickets/${id}`);
  const about = `Ticket ${code} was ${event}`;
  const text = [
    `${about} by ${who}.`,
    "",
    title,
    customers.length > 0 ? `Customers: ${customers.join(", ")}` : "About the whole account",
    jobs.length > 0 && `Jobs: ${jobs.join(", ")}`,
    link && `\n${link}`,
  ];
  const subject = `[${code}] ${title} (${event})`;
  await enqueueMail(tx, {
    to,
    subject,
    text: `${text.filter((line) => line !== false && line !== null).join("\n")}\n`,
    about,
  });
  await enqueueWebhook(tx, { event: `ticket.${event}`, body: { code, title, customers, jobs, link }, about });
}

async function whatAbout(tx: Tx, ticketId: string): Promise<{ customers: string[]; jobs: string[] }> {
  const rows = await tx
    .select({ customer: customers.name, job: jobs.name })
    .from(ticketScopes)
    .leftJoin(jobs, eq(jobs.id, ticketScopes.jobId))
    .innerJoin(customers, sql`${customers.id} = coalesce(${ticketScopes.customerId}, ${jobs.customerId})`)
    .where(eq(ticketScopes.ticketId, ticketId))
    .orderBy(customers.name, jobs.name);
  const each = (names: (string | null)[]) => [...new Set(names.flatMap((name) => name ?? []))];
  return { customers: each(rows.map(({ customer }) => customer)), jobs: each(rows.map(({ job }) => job)) };
}
