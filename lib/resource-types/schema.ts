import { z } from "zod";
import { fields } from "../form";

const name = fields.line("a name", 60);

export const createSchema = z.object({ name });
export const renameSchema = z.object({ id: fields.id, version: fields.version, name });
export const moveSchema = z.object({ id: fields.id, to: z.enum(["up", "down"]) });
export const mergeSchema = z.object({ id: fields.id, into: z.uuid("Choose a resource type.") });
export const deleteSchema = z.object({ id: fields.id, into: fields.optionalId });
