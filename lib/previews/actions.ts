"use server";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { action } from "../action";
import { roles } from "../db/schema/access";
import { UserError } from "../errors";
import { fields } from "../form";
import { storePreview } from "./store";

/** Looks at the product as a role, with the own rights and no more; nothing can be changed until the preview is left. */
export const startPreview = action(
  "roles.manage",
  z.object({ role: fields.id }),
  async ({ access, tx, audit }, { role }) => {
    const [chosen] = await tx.select({ id: roles.id, name: roles.name }).from(roles).where(eq(roles.id, role));
    if (!chosen) throw new UserError("This role does not exist any more.");
    audit({ action: "preview.start", target: chosen.name, targetId: chosen.id });
    const afterwards = await storePreview(tx, access, chosen.id);
    return { message: `You see what ${chosen.name} sees.`, leaveTo: "/dashboard", afterwards };
  },
  { name: "preview.start" },
);

export const endPreview = action(
  "signed-in",
  z.object({}),
  async ({ access, tx, audit }) => {
    // The role was deleted, or the right to look at roles is gone: the core let go of the preview by itself.
    if (!access.preview) throw new UserError("The preview has ended already.");
    const { id, name } = access.preview;
    audit({ action: "preview.end", target: name, targetId: id });
    const afterwards = await storePreview(tx, access, null);
    return { message: "The preview is over.", leaveTo: `/settings/roles?role=${id}`, afterwards };
  },
  { name: "preview.end", anyRole: true, inPreview: true },
);
