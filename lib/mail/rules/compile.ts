import { collapsed } from "../parse/shown";
import { type Clock, compilePattern, type Match } from "./patterns";
import { type Condition, type Extract, type MailRule, type StoredRule, type WordStatus, wordStatuses } from "./types";

/** What a rule asks of a mail, ready to be asked often. */
export type CompiledRule = StoredRule & {
  holds(mail: RuleText, clock: Clock): boolean;
  status(mail: RuleText): { status: WordStatus; line: string } | null;
  find(name: "jobName" | "host" | "customer", mail: RuleText, clock: Clock): Match | null;
};

/** The parts of a mail that rules look at. */
export type RuleText = { sender: string[]; subject: string; body: string };

/** @throws PatternError for a pattern that cannot be used. */
export function compileRule(stored: StoredRule): CompiledRule {
  const { rule } = stored;
  const conditions = rule.conditions.map(compileCondition);
  const words = wordStatuses.map((status) => ({ status, find: wordsFinder(rule.words[status], status === "success") }));
  const extracts = {
    jobName: compileExtract(rule.jobName),
    host: compileExtract(rule.host),
    customer: compileExtract(rule.customer),
  };
  return {
    ...stored,
    holds: (mail, clock) => holdsAll(rule.when, conditions, mail, clock),
    status: (mail) => {
      for (const { status, find } of words) {
        const line = find(`${mail.subject}\n${mail.body}`);
        if (line !== null) return { status, line };
      }
      return null;
    },
    find: (name, mail, clock) => extracts[name](mail, clock),
  };
}

type Holds = (mail: RuleText, clock: Clock) => boolean;

/** A rule without a condition would take every mail. */
function holdsAll(when: MailRule["when"], conditions: Holds[], mail: RuleText, clock: Clock): boolean {
  if (conditions.length === 0) return false;
  return when === "all"
    ? conditions.every((holds) => holds(mail, clock))
    : conditions.some((holds) => holds(mail, clock));
}

function compileCondition({ field, comparison, text }: Condition): Holds {
  const texts = (mail: RuleText) => (field === "sender" ? mail.sender : [mail[field]]);
  if (comparison === "matches") {
    const pattern = compilePattern(text);
    return (mail, clock) => texts(mail).some((one) => pattern.find(one, clock) !== null);
  }
  const wanted = plain(text);
  const compare = {
    contains: (one: string) => one.includes(wanted),
    starts: (one: string) => one.startsWith(wanted),
    ends: (one: string) => one.endsWith(wanted),
    is: (one: string) => one === wanted,
  }[comparison];
  return (mail) => wanted !== "" && texts(mail).some((one) => compare(plain(one)));
}

const plain = (text: string): string => collapsed(text).normalize("NFC").toLowerCase();

function compileExtract({ from, text }: Extract): (mail: RuleText, clock: Clock) => Match | null {
  if (from === "none" || text === "") return () => null;
  if (from === "fixed") return () => ({ text: "", part: text });
  const pattern = compilePattern(text);
  return (mail, clock) => {
    for (const one of from === "sender" ? mail.sender : [mail[from]]) {
      const found = pattern.find(one, clock);
      if (found) return found;
    }
    return null;
  };
}

const negation =
  /(?:^|[^\p{L}])(?:not|never|no|without|cannot|un|nicht|kein(?:e[nrm]?)?|ohne|non|pas|sans|niet|geen|zonder|senza|nessun[oa]?|sin|nunca)[\s-]+(?:[\p{L}’']{1,20}\s+){0,2}$/iu;

/** Whole words only: "unsuccessful" is not "successful", and "not successful" neither. @returns the line they stand on, or null. */
function wordsFinder(words: readonly string[], isGood: boolean): (text: string) => string | null {
  const escaped = words
    .map((word) =>
      collapsed(word.normalize("NFC"))
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll(" ", "\\s+"),
    )
    .filter(Boolean);
  if (escaped.length === 0) return () => null;
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  return (text) => {
    for (const match of text.matchAll(any)) {
      const before = text.slice(Math.max(0, match.index - 80), match.index);
      if (!isGood || !negation.test(before)) return lineAround(text, match.index);
    }
    return null;
  };
}

function lineAround(text: string, at: number): string {
  const start = Math.max(text.lastIndexOf("\n", at - 1) + 1, at - 100);
  const end = text.indexOf("\n", at);
  return text.slice(start, Math.min(end < 0 ? text.length : end, at + 150)).trim();
}
