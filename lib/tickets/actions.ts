"use server";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { coversAccount } from "../access/scope";
import { action } from "../action";
import { conflictOver } from "../conflicts";
import { ticketScopes, tickets } from "../db/schema/tickets";
import { UserError } from "../errors";
import { fields } from "../form";
import { formatDay } from "../format";
import { existingTargets, heldTicket, jobOfRun, nameAssignee, nextNumber, scopeRow } from "./held";
import { nameOf, told, withClosingNote, words, writeTarget } from "./rules";
import { BODY_MOST, createSchema, scopesSchema, updateSchema } from "./schema";
import { tellOutside } from "./tell";
import { scopesOf } from "./visible";

export const createTicket = action(
  "tickets.manage",
  createSchema,
  async (context, { kind, scopes, run, assignee: assigneeId, ...plain }) => {
    const { access, tx, audit } = context;
    const named = await existingTargets(context, scopes);
    if (named.length === 0 && !coversAccount(access))
      throw new UserError("Choose a customer or a job: your role covers chosen customers only.", "scopes");
    const madeFrom = run ? { id: run, jobId: await jobOfRun(context, run) } : undefined;
    const assignee = await nameAssignee(context, assigneeId, null);
    const number = kind === "ticket" ? await nextNumber(context) : null;
    const [made] = await tx
      .insert(tickets)
      .values({ kind, number, ...plain, assigneeId, createdBy: access.username })
      .returning();
    if (!made) throw new Error("No ticket was made.");
    if (named.length > 0) await tx.insert(ticketScopes).values(named.map((one) => scopeRow(made.id, one, madeFrom)));
    const after = { ...told({ ...plain, assignee }), about: named.map(({ label }) => label) };
    audit({ action: `${kind}.create`, target: nameOf(made), targetId: made.id, after });
    await tellOutside(tx, "created", made, access.username);
    return { message: `${nameOf(made)} was added.`, data: { id: made.id } };
  },
  { name: "ticket.create" },
);

export const updateTicket = action(
  "tickets.manage",
  updateSchema,
  async (context, { id, version, assignee: assigneeId, ...plain }) => {
    const { tx, audit } = context;
    const before = await heldTicket(context, id);
    const was = told({ ...before, assignee: await nameAssignee(context, before.assigneeId, before.assigneeId) });
    const now = told({ ...plain, assignee: await nameAssignee(context, assigneeId, before.assigneeId) });
    if (before.version !== version) throw await conflictOver(tx, { what: before.kind, id }, was, now);
    await tx
      .update(tickets)
      .set({ ...plain, assigneeId, version: version + 1 })
      .where(eq(tickets.id, id));
    audit({
      action: `${before.kind}.update`,
      target: nameOf({ ...before, title: plain.title }),
      targetId: id,
      before: was,
      after: now,
    });
    return "Saved.";
  },
  { name: "ticket.update" },
);

export const resolveTicket = action(
  "tickets.manage",
  z.object({ id: fields.id, note: fields.text(2000) }),
  async (context, { id, note }) => {
    const { access, tx, audit } = context;
    const before = await heldTicket(context, id);
    if (before.resolvedAt) throw new UserError(`${before.resolvedBy ?? "Somebody"} has done this already.`);
    const body = withClosingNote(before.body, note, access.username, formatDay(new Date(), access.account.timeZone));
    if (body.length > BODY_MOST) throw new UserError("With this note the text would be too long. Shorten it.", "note");
    await tx
      .update(tickets)
      .set({ body, resolvedAt: sql`now()`, resolvedBy: access.username, version: before.version + 1 })
      .where(eq(tickets.id, id));
    audit({ action: `${before.kind}.resolve`, target: nameOf(before), targetId: id, after: note ? { note } : null });
    await tellOutside(tx, "resolved", before, access.username);
    return `${nameOf(before)} is ${words[before.kind].resolved.toLowerCase()}.`;
  },
  { name: "ticket.resolve" },
);

export const reopenTicket = action(
  "tickets.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { access, tx, audit } = context;
    const before = await heldTicket(context, id);
    if (!before.resolvedAt) throw new UserError("This is open already.");
    await tx
      .update(tickets)
      .set({ resolvedAt: null, resolvedBy: null, version: before.version + 1 })
      .where(eq(tickets.id, id));
    audit({
      action: `${before.kind}.reopen`,
      target: nameOf(before),
      targetId: id,
      before: { resolvedAt: before.resolvedAt, resolvedBy: before.resolvedBy },
    });
    await tellOutside(tx, "reopened", before, access.username);
    return `${nameOf(before)} is open again.`;
  },
  { name: "ticket.reopen" },
);

export const addScopes = action(
  "tickets.manage",
  scopesSchema,
  async (context, { id, scopes }) => {
    const { access, tx, audit } = context;
    const ticket = await heldTicket(context, id);
    const own = (await scopesOf(tx, access, eq(ticketScopes.ticketId, id))).get(id) ?? [];
    const isNew = (one: (typeof scopes)[number]) => !own.some((scope) => writeTarget(scope) === writeTarget(one));
    const named = (await existingTargets(context, scopes)).filter(isNew);
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
    const ticket = await heldTicket(context, id);
    const own = await scopesOf(tx, access, and(eq(ticketScopes.ticketId, id), eq(ticketScopes.id, scope)));
    const removed = own.get(id)?.[0];
    if (!removed) throw new UserError("It is no longer about this.");
    await tx.delete(ticketScopes).where(eq(ticketScopes.id, scope));
    audit({ action: `${ticket.kind}.remove_scope`, target: nameOf(ticket), targetId: id, before: [removed.label] });
    return `No longer about ${removed.label}.`;
  },
  { name: "ticket.remove_scope" },
);
