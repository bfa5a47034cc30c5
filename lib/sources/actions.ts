"use server";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { z } from "zod";
import { action } from "../action";
import { conflictOver } from "../conflicts";
import { mailSources } from "../db/schema/sources";
import { UserError } from "../errors";
import { fields } from "../form";
import { factsOf, isOtherMailbox, mergedSecrets } from "./changes";
import { type Checked, checkNow } from "./check-now";
import { newRecipient } from "./recipient";
import { kindLabels } from "./rules";
import { createSchema, updateSchema } from "./schema";
import { openSecrets, sealSecrets } from "./stored";
import type { SourceOptions } from "./types";

const oneSchema = z.object({ id: fields.id });
const GONE = "This mail source does not exist any more.";
const RIGHT = "settings.manage";

export const createSource = action(
  RIGHT,
  createSchema,
  async ({ actor, tx, audit }, input) => {
    const id = v7();
    const { kind, name, options } = input;
    const secrets = sealSecrets(id, mergedSecrets(input, null));
    await tx.insert(mailSources).values({ id, kind, name, options, secrets, createdBy: actor.name });
    audit({ action: "source.create", target: name, targetId: id, after: { kind: kindLabels[kind], ...options } });
    return `The mail source ${name} was added.`;
  },
  { name: "source.create" },
);

export const updateSource = action(
  RIGHT,
  updateSchema,
  async ({ tx, audit }, { id, version, ...input }) => {
    const [row] = await tx.select().from(mailSources).where(eq(mailSources.id, id)).for("update");
    if (!row) throw new UserError(GONE);
    const [options, typed] = [row.options as SourceOptions, input.options];
    const what = { what: "source", id };
    if (row.version !== version)
      throw await conflictOver(tx, what, factsOf(row.name, options), factsOf(input.name, typed));
    if (row.kind !== input.kind) throw new UserError("The kind of a mail source cannot be changed. Add another one.");
    const secrets = mergedSecrets(input, { options, secrets: openSecrets(row) });
    const begunAnew = isOtherMailbox(options, typed) ? { position: null } : {};
    // What went wrong before may be corrected: the next check tells.
    const fresh = { error: null, ...(row.kind === "smtp" && { succeededAt: null }), ...begunAnew };
    await tx
      .update(mailSources)
      .set({ name: input.name, options: typed, secrets: sealSecrets(id, secrets), version: version + 1, ...fresh })
      .where(eq(mailSources.id, id));
    const changed = Object.keys(input.secrets);
    audit({
      action: "source.update",
      target: input.name,
      targetId: id,
      before: { name: row.name, ...options },
      after: { name: input.name, ...typed, ...(changed.length > 0 && { newSecrets: changed }) },
    });
    return `The mail source ${input.name} was saved.`;
  },
  { name: "source.update" },
);

/** The address that carried the old secret is refused from now on. */
export const renewRecipient = action(
  RIGHT,
  oneSchema,
  async ({ tx, audit }, { id }) => {
    const [row] = await tx.select().from(mailSources).where(eq(mailSources.id, id)).for("update");
    const secrets = row && openSecrets(row);
    if (!row || !secrets) throw new UserError(row ? "The stored secrets cannot be opened. Edit the source." : GONE);
    const sealed = sealSecrets(id, { ...secrets, recipient: newRecipient() });
    await tx
      .update(mailSources)
      .set({ secrets: sealed, version: row.version + 1, ...(row.kind === "smtp" && { succeededAt: null }) })
      .where(eq(mailSources.id, id));
    audit({ action: "source.renew_recipient", target: row.name, targetId: id });
    return `The secret recipient of ${row.name} is a new one.`;
  },
  { name: "source.renew_recipient" },
);

export const disableSource = action(
  RIGHT,
  oneSchema,
  async ({ tx, audit }, { id }) => {
    const [done] = await tx
      .update(mailSources)
      .set({ disabledAt: sql`now()`, silentSince: null, error: null, version: sql`${mailSources.version} + 1` })
      .where(and(eq(mailSources.id, id), isNull(mailSources.disabledAt)))
      .returning({ name: mailSources.name });
    if (!done) throw new UserError("This mail source is disabled already, or gone.");
    audit({ action: "source.disable", target: done.name, targetId: id });
    return `The mail source ${done.name} was disabled.`;
  },
  { name: "source.disable" },
);

export const enableSource = action(
  RIGHT,
  oneSchema,
  async ({ tx, audit }, { id }) => {
    const [done] = await tx
      .update(mailSources)
      .set({ disabledAt: null, checkedAt: null, succeededAt: null, version: sql`${mailSources.version} + 1` })
      .where(and(eq(mailSources.id, id), isNotNull(mailSources.disabledAt)))
      .returning({ name: mailSources.name });
    if (!done) throw new UserError("This mail source is enabled already, or gone.");
    audit({ action: "source.enable", target: done.name, targetId: id });
    return `The mail source ${done.name} was enabled.`;
  },
  { name: "source.enable" },
);

/** Its mails stay. */
export const deleteSource = action(
  RIGHT,
  oneSchema,
  async ({ tx, audit }, { id }) => {
    const [gone] = await tx.delete(mailSources).where(eq(mailSources.id, id)).returning();
    if (!gone) throw new UserError(GONE);
    const { kind, name, mailCount } = gone;
    const before = { kind: kindLabels[kind], ...(gone.options as object), mails: mailCount };
    audit({ action: "source.delete", target: name, targetId: id, before });
    return `The mail source ${name} was deleted.`;
  },
  { name: "source.delete" },
);

/** Reads a mailbox, or knocks at a listener, and answers with what came of it. */
export const checkSource = action(
  RIGHT,
  oneSchema,
  async ({ audit }, { id }, { name, words }: Checked) => {
    audit({ action: "source.check", target: name, targetId: id, after: { outcome: words } });
    return `${name}: ${words}`;
  },
  // Reading takes seconds: it must not hold the transaction.
  { name: "source.check", prepare: ({ id }) => checkNow(id) },
);
