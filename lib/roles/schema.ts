import { z } from "zod";
import { fields } from "../form";
import { draftSchema } from "./draft";
import { unpacked } from "./wire";

export const createSchema = z.preprocess(unpacked, draftSchema);

export const updateSchema = z.preprocess(
  unpacked,
  z.intersection(z.object({ id: fields.id, version: fields.version }), draftSchema),
);

export const oneSchema = z.object({ id: fields.id });

export const defaultsSchema = z.object({ id: fields.id, version: fields.version });

/** What the dialog said: how many hold the role, and how many of them are left with none. */
export const deleteSchema = z.object({
  id: fields.id,
  holders: z.coerce.number().int().min(0),
  bare: z.coerce.number().int().min(0),
});
