"use server";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { action } from "../action";
import { intakeKeys } from "../db/schema/intake-keys";
import { UserError } from "../errors";
import { fields } from "../form";
import { hashKey, newKey } from "./keys";

/** Makes a key; the answer is the only time that it can be read. */
export const createIntakeKey = action(
  "tokens.manage",
  z.object({ name: fields.line("a name, such as that of the machine", 100) }),
  async ({ actor, tx, audit }, { name }) => {
    const same = and(sql`lower(${intakeKeys.name}) = lower(${name})`, isNull(intakeKeys.endedAt));
    const [taken] = await tx.select({ id: intakeKeys.id }).from(intakeKeys).where(same);
    if (taken) throw new UserError("A key of this name is in use.", "name");
    const key = newKey();
    const values = { name, keyHash: hashKey(key), createdBy: actor.name };
    const [made] = await tx.insert(intakeKeys).values(values).returning({ id: intakeKeys.id });
    audit({ action: "intake_key.create", target: name, targetId: made?.id });
    return { message: `The key ${name} was created.`, data: { key } };
  },
  { name: "intake_key.create" },
);

/** From now on what comes with this key is refused. */
export const endIntakeKey = action(
  "tokens.manage",
  z.object({ id: fields.id }),
  async ({ tx, audit }, { id }) => {
    const [ended] = await tx
      .update(intakeKeys)
      .set({ endedAt: sql`now()` })
      .where(and(eq(intakeKeys.id, id), isNull(intakeKeys.endedAt)))
      .returning({ name: intakeKeys.name, mailCount: intakeKeys.mailCount });
    if (!ended) throw new UserError("This key has ended already.");
    audit({ action: "intake_key.end", target: ended.name, targetId: id, before: { mails: ended.mailCount } });
    return `The key ${ended.name} was ended.`;
  },
  { name: "intake_key.end" },
);
