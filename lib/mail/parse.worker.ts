import { parseMail } from "./parse/parse";
import type { ReadMail } from "./parse/types";
import { type Trial, type Tried, tryRule } from "./rules/try";
import type { RuleSet } from "./rules/types";

/** What lib/mail/read.ts sends into the thread. */
export type ParseTask = { raw: Uint8Array; receivedAt: string; rules?: RuleSet };

export default function parseTask(task: ParseTask | Trial): Promise<ReadMail> | Tried[] {
  return "raw" in task ? parseMail(task.raw, task.receivedAt, task.rules) : tryRule(task);
}
