import { z } from "zod";
import { fields } from "../form";
import { isTimeZone } from "../time-zones";

/** What a person may say about a customer, in forms and in imports. */
export const customerFields = {
  name: fields.line("a name"),
  reference: fields.optionalLine(100),
  /** A name that no group has yet makes one; empty: none. */
  group: fields.optionalLine(60),
  // Forms send line ends as CR LF, files as they like: stored is one kind, so that equal notes are equal.
  notes: fields.text(5000).transform((text) => text.replace(/\r\n?/g, "\n")),
};
export const customerSchema = z.object(customerFields);

/** Files do not speak of the time zone. */
export const customerForm = {
  ...customerFields,
  /** "" for that of the account. */
  time_zone: z
    .string()
    .max(100)
    .default("")
    .refine((zone) => zone === "" || isTimeZone(zone), "Choose a time zone from the list."),
};
export type CustomerInput = z.output<typeof customerSchema>;

/** A form of a server action carries at most 1 MB in all. */
export const IMPORT_BYTES = 900_000;
export const IMPORT_LINES = 5000;
