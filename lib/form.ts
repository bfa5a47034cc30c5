import { z } from "zod";

/** What a form shows after it was sent. `values` is what was typed, without secrets; `data` is for the page's own use. */
export type ActionState = {
  status: "idle" | "done" | "invalid" | "refused";
  message: string;
  errors: Record<string, string>;
  values: Record<string, string | string[]>;
  /** Counts answers, so that the same sentence twice is announced twice. */
  at: number;
  data?: unknown;
  /** The role or the session changed: go there with a whole new document. */
  leaveTo?: string;
};

export const idle: ActionState = { status: "idle", message: "", errors: {}, values: {}, at: 0 };

/** The hidden field that says in which role the page of a form was rendered. */
export const ROLE_FIELD = "_role";

/** @returns form fields as an object; a name that ends in `[]` is always a list, any other the last value. Files stay files. */
export function fieldsOf(form: FormData): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$") || name === ROLE_FIELD) continue;
    if (name.endsWith("[]")) fields[name.slice(0, -2)] = form.getAll(name);
    else fields[name] = form.getAll(name).at(-1);
  }
  return fields;
}

/** @returns what was typed, to be shown again: text only, never a secret (a field whose name ends in password or secret). */
export function typedValues(form: FormData): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(fieldsOf(form))) {
    if (/(^|_)(password|secret)$/i.test(name)) continue;
    if (typeof value === "string") values[name] = value;
    else if (Array.isArray(value)) values[name] = value.filter((entry) => typeof entry === "string");
  }
  return values;
}

/** @returns the first sentence for each field that is wrong. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) errors[issue.path.length > 0 ? String(issue.path[0]) : ""] ??= issue.message;
  return errors;
}

/** Field types that forms share: all form values are text. */
export const fields = {
  id: z.uuid("This entry does not exist."),
  ids: z.array(z.uuid("This entry does not exist.")).max(10_000).default([]),
  version: z.coerce.number().int().min(1),
  /** A checkbox: present or not. */
  checkbox: z
    .string()
    .optional()
    .transform((value) => value !== undefined),
  /** One line of text, trimmed, without control characters. */
  line: (label: string, max = 200) =>
    z
      .string(`Enter ${label}.`)
      .trim()
      .min(1, `Enter ${label}.`)
      .max(max, `At most ${max} characters.`)
      .regex(/^\P{Cc}*$/u, "Remove the control characters."),
  optionalLine: (max = 200) =>
    z
      .string()
      .trim()
      .max(max, `At most ${max} characters.`)
      .regex(/^\P{Cc}*$/u, "Remove the control characters.")
      .default(""),
  /** Several lines. */
  text: (max = 10_000) =>
    z
      .string()
      .trim()
      .max(max, `At most ${max} characters.`)
      .regex(/^[^\0]*$/, "Remove the control characters.")
      .default(""),
  optionalId: z
    .union([z.literal(""), z.uuid()])
    .default("")
    .transform((value) => value || null),
};
