import { unwrapForward } from "../parse/forwards";
import { collapsed } from "../parse/shown";
import type { ParsedRun } from "../parse/types";
import { type MailView, mailTime } from "../parse/view";
import { type CompiledRule, compileRule } from "./compile";
import { clockOf, readBy, textOf } from "./parsers";
import { TooSlow } from "./patterns";
import type { StoredRule } from "./types";

/** A mail as it is stored; the moments are ISO 8601. */
export type TriedMail = {
  id: string;
  subject: string;
  fromAddress: string;
  fromName: string;
  text: string;
  sentAt: string | null;
  receivedAt: string;
};

export type Trial = { rule: StoredRule; mails: TriedMail[] };

/** What the rule would make of a mail: nothing because its conditions do not hold, "info", or a run. */
export type Tried = { id: string; outcome: "no" | "info" | "slow" | { run: ParsedRun } };

/** For all mails of a trial together. */
const TRIAL_MS = 3000;

/** @returns for each mail what the rule would make of it. @throws PatternError */
export function tryRule({ rule, mails }: Trial): Tried[] {
  const compiled = compileRule(rule);
  const clock = clockOf(TRIAL_MS);
  return mails.map((mail) => ({ id: mail.id, outcome: outcomeOf(compiled, mail, clock) }));
}

function outcomeOf(compiled: CompiledRule, mail: TriedMail, clock: ReturnType<typeof clockOf>): Tried["outcome"] {
  const view = unwrapForward(viewOf(mail));
  try {
    if (!compiled.holds(textOf(view), clock)) return "no";
    const reading = readBy(compiled, view, clock);
    return Array.isArray(reading) && reading[0] ? { run: reading[0] } : "info";
  } catch (error) {
    if (error instanceof TooSlow) return "slow";
    throw error;
  }
}

function viewOf(mail: TriedMail): MailView {
  const { subject, fromAddress, fromName, text } = mail;
  return {
    ...{ subject, fromAddress, fromName, text },
    htmlText: "",
    rows: [],
    headers: new Map(),
    attachments: [],
    shown: { subject: collapsed(subject), text: collapsed(text) },
    when: mailTime(mail.sentAt, null, mail.receivedAt),
  };
}
