import { jobNameOf } from "../parse/job-names";
import { resourceTypeOf } from "../parse/resources";
import { toRun } from "../parse/runs";
import { classify } from "../parse/statuses";
import type { MailView } from "../parse/view";
import type { Parser, Reading } from "../parsers/parser";
import { parsers } from "../parsers/registry";
import { type CompiledRule, compileRule, type RuleText } from "./compile";
import { type Clock, PatternError, TooSlow } from "./patterns";
import { noRules, type RuleSet, ruleParserId } from "./types";

/** All rules together may take so long for one mail. */
const MAIL_MS = 2000;
/** More of a mail than this no rule looks at. */
const BODY_CHARS = 200_000;

let kept: { version: string; rules: CompiledRule[] } = { version: "", rules: [] };

/**
 * @returns everybody who may read the next mail, in the order they are asked: rules marked so, the parsers of products,
 * the other rules, the general parser. For one mail only: its time runs from now.
 */
export function parsersWith(set: RuleSet = noRules): readonly Parser[] {
  if (set.rules.length === 0) return parsers;
  if (kept.version !== set.version) kept = { version: set.version, rules: set.rules.flatMap(usable) };
  const clock = clockOf(MAIL_MS);
  const asked = (isFirst: boolean) =>
    kept.rules.filter(({ rule }) => rule.isFirst === isFirst).map((rule) => ruleParser(rule, clock));
  return [...asked(true), ...parsers.slice(0, -1), ...asked(false), ...parsers.slice(-1)];
}

/** One that was stored by an older version of the product may not be understood any more; the others go on. */
function usable(stored: Parameters<typeof compileRule>[0]): CompiledRule[] {
  try {
    return [compileRule(stored)];
  } catch (error) {
    if (error instanceof PatternError) return [];
    throw error;
  }
}

/** @param milliseconds from the first look at it. */
export function clockOf(milliseconds: number): Clock {
  let end: number | null = null;
  return {
    check: () => {
      end ??= performance.now() + milliseconds;
      if (performance.now() > end) throw new TooSlow();
    },
  };
}

function ruleParser(rule: CompiledRule, clock: Clock): Parser {
  return {
    id: ruleParserId(rule.id),
    software: rule.rule.software,
    recognisedBy: "",
    basis: { tag: "words", from: "" },
    recognises: (view) => unlessSlow(() => rule.holds(textOf(view), clock), true),
    parse: (view) => unlessSlow(() => readBy(rule, view, clock), tooSlow(rule, view)),
  };
}

/** What a rule could not look at in time is not read by the next in its place: that might be less strict. */
function unlessSlow<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooSlow) return otherwise;
    throw error;
  }
}

const tooSlow = ({ name }: CompiledRule, view: MailView): Reading => [
  toRun(
    {
      ...{ software: "", jobName: "", jobType: "backup", resourceType: "Other", status: "unknown" },
      message: `The rule “${name}” took too long.`,
    },
    view,
  ),
];

/** What people see of the mail: the same text that the Inbox shows, so that a trial tells what will happen. */
export function textOf(view: MailView): RuleText {
  const stub = view.text.length * 10 < view.htmlText.length;
  return {
    sender: [view.fromAddress, view.fromName, `${view.fromName} <${view.fromAddress}>`],
    subject: view.subject,
    body: (stub ? view.htmlText : view.text).slice(0, BODY_CHARS),
  };
}

/** @returns what a rule reads in a mail of which its conditions hold. @throws TooSlow */
export function readBy(compiled: CompiledRule, view: MailView, clock: Clock): Reading {
  const { rule, name } = compiled;
  if (!rule.isResult) return "info";
  const text = textOf(view);
  const said = believable(compiled.status(text), text.subject);
  const found = (field: "jobName" | "host" | "customer") => {
    const match = compiled.find(field, text, clock);
    return match?.part.trim() ? { value: match.part, from: [match.text, match.part] } : null;
  };
  const jobName = found("jobName") ?? (rule.jobName.from === "none" ? jobNameOf(view.subject) : "");
  return [
    toRun(
      {
        software: rule.software,
        jobName,
        jobType: rule.jobType || "backup",
        resourceType: resourceTypeOf(`${text.subject}\n${text.body.slice(0, 20_000)}`),
        host: found("host"),
        customer: found("customer"),
        status: said ? { value: said.status, from: said.line } : "unknown",
        message: messageOf(said, name),
      },
      view,
    ),
  ];
}

/** A rule that knows only words of success does not make a mail green whose subject speaks of a failure. */
function believable(said: ReturnType<CompiledRule["status"]>, subject: string): typeof said {
  return said?.status === "success" && ["failed", "warning"].includes(classify(subject).status) ? null : said;
}

function messageOf(said: ReturnType<CompiledRule["status"]>, name: string) {
  if (!said) return `The words of the rule “${name}” do not tell the result.`;
  return said.status === "success" ? null : { value: said.line, from: said.line };
}
