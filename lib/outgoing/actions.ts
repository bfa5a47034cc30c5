"use server";
import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { z } from "zod";
import { action } from "../action";
import { lastToChange } from "../conflicts";
import { db } from "../db";
import { deliveries, outgoing } from "../db/schema/outgoing";
import { ConflictError, UserError } from "../errors";
import { fields } from "../form";
import { deliver } from "./deliver";
import { outgoingSchema, testMailSchema } from "./schema";
import { changedMeanwhile, nextSettings, told } from "./settings";
import { readSettings } from "./stored";

export const updateOutgoing = action(
  "settings.manage",
  outgoingSchema,
  async ({ tx, audit }, input) => {
    const [before] = await tx.select().from(outgoing).for("update");
    if (!before) throw new Error("The row of outgoing settings is missing.");
    const after = nextSettings(before, input);
    if (before.version !== input.version) {
      const who = await lastToChange(tx, { what: "outgoing", id: ROW });
      throw new ConflictError(changedMeanwhile(who, told(before), told(after)));
    }
    await tx.update(outgoing).set({ ...after, version: sql`${outgoing.version} + 1` });
    audit({
      action: "outgoing.update",
      target: "Notifications",
      targetId: ROW,
      before: told(before),
      after: {
        ...told(after),
        ...(input.smtp_password && { "New password": "yes" }),
        ...(input.webhook_secret && { "New secret": "yes" }),
      },
    });
    return "The settings were saved.";
  },
  { name: "outgoing.update" },
);

/** There is one row; in the audit log it goes by this name. */
const ROW = "outgoing";

/** Sends one mail now, so that somebody sees whether the settings are right. */
export const sendTestMail = action(
  "settings.manage",
  testMailSchema,
  async ({ audit }, { to }) => {
    audit({ action: "outgoing.test_mail", target: to });
    return `The mail server took a test mail for ${to}.`;
  },
  {
    name: "outgoing.test_mail",
    prepare: ({ to }, { account }) => {
      const text = `This is a test of ${account.name}. Nobody needs to answer it.\n`;
      return tryOut("mail", { to: [to], subject: `Test mail from ${account.name}`, text });
    },
  },
);

/** Calls the webhook now. */
export const sendTestCall = action(
  "settings.manage",
  z.object({}),
  async ({ audit }) => {
    audit({ action: "outgoing.test_call", target: "Webhook" });
    return "The address answered that it took the test call.";
  },
  {
    name: "outgoing.test_call",
    prepare: (_input, { account }) => tryOut("webhook", { event: "test", body: { account: account.name } }),
  },
);

/** Makes a delivery due now, and for another day if it was given up. */
export const retryDelivery = action(
  "settings.manage",
  z.object({ id: fields.id }),
  async ({ tx, audit }, { id }) => {
    const [due] = await tx
      .update(deliveries)
      .set({ failedAt: null, attempts: 0, nextAttemptAt: sql`now()` })
      .where(and(eq(deliveries.id, id), isNull(deliveries.sentAt)))
      .returning({ about: deliveries.about });
    if (!due) throw new UserError("This was sent meanwhile.");
    audit({ action: "delivery.retry", target: due.about, targetId: id });
    return "It is sent in a moment.";
  },
  { name: "delivery.retry" },
);

async function tryOut(kind: "mail" | "webhook", content: Parameters<typeof deliver>[1]["content"]): Promise<void> {
  const settings = await readSettings(db());
  try {
    const note = await deliver(settings, { id: v7(), kind, content, createdAt: new Date() });
    if (note) throw new Error(note);
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error));
  }
}
