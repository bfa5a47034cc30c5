import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";

/**
 * What a parser makes of a mail: one run, several runs of different jobs (a digest), "info" for what is no result, or an alert: no result
 * either, but one line that people should see. A digest may have both.
 */
export type Reading = ParsedRun[] | "info" | { alert: string | null; runs?: ParsedRun[] };

/** One family of mails. A new one is a file beside this, a line in registry.ts and its samples. */
export type Parser = {
  id: string;
  /** The product for people. */
  software: string;
  /** One line for people: by what a mail of this family is known. */
  recognisedBy: string;
  /** In words: which languages of the product are known. Every built-in parser says so; rules of the account need not. */
  languages?: string;
  /** How sure the format is, and where it is from: a real mail (SAMPLE), the product's source (SOURCE), its documentation (DOC). */
  basis: { tag: "SAMPLE" | "SOURCE" | "DOC" | "words"; from: string };
  /** The subject or the first lines say how it ended, so the result is believed even where the end of the mail is missing. */
  statedFirst?: true;
  /** Whether the mail is of this family: by its labels, footer or shape of the subject, never by its sender alone. */
  recognises(view: MailView): boolean;
  parse(view: MailView): Reading;
};
