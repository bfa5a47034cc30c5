"use server";
import { and, eq, max, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { coversAccount } from "../access/scope";
import { action, type Context } from "../action";
import { ticketScopes, tickets } from "../db/schema/tickets";
import { ConflictError, UserError } from "../errors";
import { fields } from "../form";
import { differences, FIRST_NUMBER, kinds, nameOf, readTarget, type TicketKind, words } from "./rules";
import { nameTargets } from "./targets";
import type { NamedTarget } from "./types";
import { scopesOf, visibleTickets } from "./visible";

const target = z.string().transform((text, context) => {
  const read = readTarget(text);
  if (!read) context.addIssue({ code: "custom", message: "Choose a customer or a job from the list." });
  return read ?? z.NEVER;
});
const text = { title: fields.line("a title"), body: fields.text() };

export const createTicket = action(
  "tickets.manage",
  z.object({
    kind: z.enum(kinds),
    ...text,
    scopes: z.array(target).max(50, "At most 50 customers and jobs.").default([]),
  }),
  async (context, { kind, title, body, scopes }) => {
    const { access, tx, audit } = context;
    const named = await existing(context, scopes);
    if (named.length === 0 && !coversAccount(access))
      throw new UserError("Choose a customer or a job: your role covers chosen customers only.", "scopes");
    const number = kind === "ticket" ? await nextNumber(context) : null;
    const [made] = await tx
      .insert(tickets)
      .values({ kind, number, title, body, createdBy: access.username })
      .returning({ id: tickets.id });
    if (!made) throw new Error("No ticket was made.");
    if (named.length > 0) await tx.insert(ticketScopes).values(named.map((one) => scopeRow(made.id, one)));
    const after = { title, body, about: named.map(({ label }) => label) };
    audit({ action: `${kind}.create`, target: nameOf({ number, title }), targetId: made.id, after });
    return { message: `${nameOf({ number, title })} was added.`, data: { id: made.id } };
  },
  { name: "ticket.create" },
);

export const updateTicket = action(
  "tickets.manage",
  z.object({ id: fields.id, version: fields.version, ...text }),
  async (context, { id, version, title, body }) => {
    const { tx, audit } = context;
    const before = await found(context, id);
    if (before.version !== version)
      throw new ConflictError(
        `Somebody changed this meanwhile. ${differences(before, { title, body })} Copy what you want to keep and reload the page.`,
      );
    await tx
      .update(tickets)
      .set({ title, body, version: version + 1 })
      .where(eq(tickets.id, id));
    audit({
      action: `${before.kind}.update`,
      target: nameOf({ ...before, title }),
      targetId: id,
      before: { title: before.title, body: before.body },
      after: { title, body },
    });
    return "Saved.";
  },
  { name: "ticket.update" },
);

export const resolveTicket = action(
  "tickets.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { access, tx, audit } = context;
    const before = await found(context, id);
    if (before.resolvedAt) throw new UserError(`${before.resolvedBy ?? "Somebody"} has done this already.`);
    await tx.update(tickets).set({ resolvedAt: sql`now()`, resolvedBy: access.username }).where(eq(tickets.id, id));
    audit({ action: `${before.kind}.resolve`, target: nameOf(before), targetId: id });
    return `${nameOf(before)} is ${words[before.kind].resolved.toLowerCase()}.`;
  },
  { name: "ticket.resolve" },
);

export const reopenTicket = action(
  "tickets.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { tx, audit } = context;
    const before = await found(context, id);
    if (!before.resolvedAt) throw new UserError("This is open already.");
    await tx.update(tickets).set({ resolvedAt: null, resolvedBy: null }).where(eq(tickets.id, id));
    audit({
      action: `${before.kind}.reopen`,
      target: nameOf(before),
      targetId: id,
      before: { resolvedAt: before.resolvedAt, resolvedBy: before.resolvedBy },
    });
    return `${nameOf(before)} is open again.`;
  },
  { name: "ticket.reopen" },
);

export const addScopes = action(
  "tickets.manage",
  z.object({ id: fields.id, scopes: z.array(target, "Choose a customer or a job.").min(1).max(50) }),
  async (context, { id, scopes }) => {
    const { access, tx, audit } = context;
    const ticket = await found(context, id);
    const own = (await scopesOf(tx, access, eq(ticketScopes.ticketId, id))).get(id) ?? [];
    const named = (await existing(context, scopes)).filter((one) => !own.some((scope) => scope.id === one.id));
    if (named.length === 0) throw new UserError("It is about this already.", "scopes");
    await tx.insert(ticketScopes).values(named.map((one) => scopeRow(id, one)));
    const labels = named.map(({ label }) => label);
    audit({ action: `${ticket.kind}.add_scope`, target: nameOf(ticket), targetId: id, after: labels });
    return `Now also about ${labels.join(", ")}.`;
  },
  { name: "ticket.add_scope" },
);

export const removeScope = action(
  "tickets.manage",
  z.object({ id: fields.id, scope: fields.id }),
  async (context, { id, scope }) => {
    const { access, tx, audit } = context;
    const ticket = await found(context, id);
    const own = await scopesOf(tx, access, and(eq(ticketScopes.ticketId, id), eq(ticketScopes.id, scope)));
    const removed = own.get(id)?.[0];
    if (!removed) throw new UserError("It is no longer about this.");
    await tx.delete(ticketScopes).where(eq(ticketScopes.id, scope));
    audit({ action: `${ticket.kind}.remove_scope`, target: nameOf(ticket), targetId: id, before: [removed.label] });
    return `No longer about ${removed.label}.`;
  },
  { name: "ticket.remove_scope" },
);

type Found = typeof tickets.$inferSelect & { kind: TicketKind };

/** The row, held until the transaction ends. @throws UserError when there is none that the role covers. */
async function found({ access, tx }: Context, id: string): Promise<Found> {
  const mine: SQL | undefined = and(eq(tickets.id, id), visibleTickets(access));
  const [row] = await tx.select().from(tickets).where(mine).for("update");
  if (!row) throw new UserError("This does not exist any more.");
  return row;
}

/** @throws UserError when one of the targets does not exist for the role. */
async function existing({ access, tx }: Context, wanted: Parameters<typeof nameTargets>[2]): Promise<NamedTarget[]> {
  const unique = [...new Map(wanted.map((one) => [one.id, one])).values()];
  const named = await nameTargets(tx, access, unique);
  if (named.length < unique.length)
    throw new UserError("One of these customers or jobs does not exist any more.", "scopes");
  return named;
}

/** Numbers have no gaps and are given once, however many people add tickets at the same moment. */
async function nextNumber({ tx }: Context): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(7410020)`);
  const [last] = await tx.select({ number: max(tickets.number) }).from(tickets);
  return (last?.number ?? FIRST_NUMBER - 1) + 1;
}

const scopeRow = (ticketId: string, { kind, id }: NamedTarget) => ({
  ticketId,
  ...(kind === "job" ? { jobId: id } : { customerId: id }),
});
