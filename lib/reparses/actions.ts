"use server";
import { and, count, eq, inArray, sql } from "drizzle-orm";
import { after } from "next/server";
import { z } from "zod";
import { coversEveryJob } from "../access/scope";
import { action, type Context } from "../action";
import { reparseChanges, reparses } from "../db/schema/mail-rules";
import { mails } from "../db/schema/mails";
import { UserError } from "../errors";
import { fields } from "../form";
import { chosenMails } from "./chosen";
import { choiceInWords, type ReparseChoice } from "./types";
import { workSoon } from "./work";

const startSchema = z
  .object({
    which: z.enum(["mails", "days", "all"]),
    ids: fields.ids,
    days: z.coerce.number().int().min(1).max(4000).default(30),
  })
  .refine(({ which, ids }) => which !== "mails" || ids.length > 0, "Select at least one mail.")
  .refine(({ ids }) => ids.length <= 1000, "Select at most 1,000 mails.");

/** Reads mails once more with the parsers and rules of now; nothing changes before somebody decides it. */
export const startReparse = action(
  "settings.manage",
  startSchema,
  async (context, { which, ids, days }) => {
    const { tx, actor, audit } = context;
    mustCoverAll(context);
    const chosen: ReparseChoice =
      which === "mails"
        ? { which, ids, skipped: 0 }
        : which === "days"
          ? { which, days, skipped: 0 }
          : { which, skipped: 0 };
    const [counted] = await tx
      .select({ all: count(), purged: count(mails.rawPurgedAt) })
      .from(mails)
      .where(chosenMails(chosen));
    const { all, purged } = counted ?? { all: 0, purged: 0 };
    if (all - purged === 0) throw new UserError("There is no mail to read: none of these is kept with its source.");
    const [added] = await tx
      .insert(reparses)
      .values({
        choice: { ...chosen, skipped: purged },
        total: all - purged,
        startedBy: actor.name,
        startedById: actor.id,
      })
      .returning({ id: reparses.id });
    const told = { mails: all - purged, skipped: purged };
    audit({ action: "reparse.start", target: choiceInWords(chosen), targetId: added?.id, after: told });
    return {
      message: "",
      redirectTo: `/settings/parsers/reparses/${added?.id}`,
      afterwards: async () => after(workSoon),
    };
  },
  { name: "reparse.start" },
);

export const applyReparse = action(
  "settings.manage",
  z.object({ id: fields.id, also_reviewed: fields.checkbox }),
  async (context, { id, also_reviewed }) => {
    const { tx, audit } = context;
    const { choice } = await lockedReparse(context, id, ["ready"]);
    const changes = await tx.$count(reparseChanges, eq(reparseChanges.reparseId, id));
    const chosen = { ...(choice as ReparseChoice), alsoReviewed: also_reviewed };
    await tx.update(reparses).set({ state: "applying", choice: chosen }).where(eq(reparses.id, id));
    const told = { mails: changes, alsoReviewed: also_reviewed };
    audit({ action: "reparse.apply", target: choiceInWords(chosen), targetId: id, after: told });
    return { message: "The changes are being applied.", afterwards: async () => after(workSoon) };
  },
  { name: "reparse.apply" },
);

export const cancelReparse = action(
  "settings.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { state, choice } = await lockedReparse(context, id, ["reading", "ready", "applying"]);
    await context.tx
      .update(reparses)
      .set({ state: "cancelled", endedAt: sql`now()` })
      .where(and(eq(reparses.id, id), inArray(reparses.state, ["reading", "ready", "applying"])));
    context.audit({ action: "reparse.cancel", target: choiceInWords(choice as ReparseChoice), targetId: id });
    return state === "applying" ? "It was stopped. What was applied stays." : "It was cancelled. Nothing was changed.";
  },
  { name: "reparse.cancel" },
);

/** The changes tell of every customer. */
function mustCoverAll({ access }: Context): void {
  if (!coversEveryJob(access))
    throw new UserError("Your role covers chosen customers or resources only, so it cannot read mails once more.");
}

async function lockedReparse(context: Context, id: string, states: (typeof reparses.$inferSelect.state)[]) {
  mustCoverAll(context);
  const [found] = await context.tx.select().from(reparses).where(eq(reparses.id, id)).for("update");
  if (!found) throw new UserError("This does not exist any more.");
  if (states.includes(found.state)) return found;
  throw new UserError(
    found.state === "reading" ? "The mails are still being read." : "Somebody else has decided this already.",
  );
}
