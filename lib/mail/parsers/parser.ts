import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";

/** One family of mails. A new one is a file beside this, a line in registry.ts and its samples. */
export type Parser = {
  id: string;
  /** The product for people. */
  software: string;
  /** Whether the mail is of this family: by its labels, footer or shape of the subject, never by its sender alone. */
  recognises(view: MailView): boolean;
  /** The results in the mail; "info" for one that is no result. */
  parse(view: MailView): ParsedRun[] | "info";
};
