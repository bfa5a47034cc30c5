import { z } from "zod";
import { fields } from "../form";
import { isLink, kinds, readTarget } from "./rules";

/** What the forms of tickets and remarks say. */

export const BODY_MOST = 10_000;

const target = z.string().transform((text, context) => {
  const read = readTarget(text);
  if (!read) context.addIssue({ code: "custom", message: "Choose a customer or a job from the list." });
  return read ?? z.NEVER;
});

const plain = z
  .object({
    title: fields.line("a title"),
    body: fields.text(BODY_MOST),
    assignee: fields.optionalId,
    external_code: fields.optionalLine(60),
    external_url: fields
      .optionalLine(2000)
      .refine((text) => text === "" || isLink(text), "Enter an address that begins with https:// or http://."),
  })
  .transform(({ title, body, assignee, external_code: externalCode, external_url: externalUrl }) => ({
    title,
    body,
    assignee,
    externalCode,
    externalUrl,
  }));

export const createSchema = z
  .object({
    kind: z.enum(kinds),
    run: fields.optionalId,
    scopes: z.array(target).max(50, "At most 50 customers and jobs.").default([]),
  })
  .and(plain);

export const updateSchema = z.object({ id: fields.id, version: fields.version }).and(plain);

export const scopesSchema = z.object({
  id: fields.id,
  scopes: z.array(target, "Choose a customer or a job.").min(1).max(50),
});
