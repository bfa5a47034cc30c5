import { z } from "zod";
import { fields } from "../form";
import { compilePattern, PatternError } from "../mail/rules/patterns";
import {
  comparisons,
  conditionFields,
  type Extract,
  emptyRule,
  extractSources,
  type MailRule,
  wordStatuses,
} from "../mail/rules/types";

const CONDITIONS = 20;
const WORDS = 50;

const text = z.string().max(500, "At most 500 characters.").default("");
const words = z.array(z.string().max(200, "At most 200 characters.")).max(WORDS, `At most ${WORDS} words.`).default([]);
const extract = z.object({ from: z.enum(extractSources), text }).default({ from: "none", text: "" });

const shape = z.object({
  when: z.enum(["all", "any"]).default("all"),
  conditions: z
    .array(z.object({ field: z.enum(conditionFields), comparison: z.enum(comparisons), text }))
    .max(CONDITIONS, `At most ${CONDITIONS} conditions.`)
    .default([]),
  isResult: z.boolean().default(true),
  words: z.object({ failed: words, warning: words, success: words }).default(emptyRule.words),
  jobName: extract,
  host: extract,
  customer: extract,
  software: text,
  jobType: text,
  isFirst: z.boolean().default(false),
});

/** @returns the rule as it is stored, whatever an older version of the product left out. */
export function readRule(stored: unknown): MailRule {
  const parsed = shape.safeParse(stored);
  return parsed.success ? parsed.data : emptyRule;
}

/** @returns what is wrong with a draft, by field: "conditions.0", "jobName", "words"; nothing when it can be used. */
export function faultsOf(rule: MailRule): Record<string, string> {
  const faults: Record<string, string> = {};
  if (rule.conditions.length === 0) faults.conditions = "Add at least one condition.";
  rule.conditions.forEach(({ comparison, text: wanted }, index) => {
    const fault = wanted.trim() === "" ? "Enter a text." : comparison === "matches" ? patternFault(wanted) : null;
    if (fault) faults[`conditions.${index}`] = fault;
  });
  if (!rule.isResult) return faults;
  if (wordStatuses.every((status) => rule.words[status].length === 0))
    faults["words.success"] = "Enter words of at least one status, or every result is unknown.";
  for (const name of ["jobName", "host", "customer"] as const) {
    const fault = extractFault(rule[name]);
    if (fault) faults[name] = fault;
  }
  return faults;
}

function extractFault({ from, text: wanted }: Extract): string | null {
  if (from === "none") return null;
  if (wanted.trim() === "") return from === "fixed" ? "Enter a text." : "Enter a pattern.";
  return from === "fixed" ? null : patternFault(wanted);
}

function patternFault(source: string): string | null {
  try {
    compilePattern(source);
    return null;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

/** A draft as a form carries it: JSON. */
export const draftSchema = z
  .string()
  .max(50_000)
  .transform((json, context) => {
    const parsed = shape.safeParse(fromJson(json));
    if (parsed.success) return tidied(parsed.data);
    context.addIssue({ code: "custom", message: parsed.error.issues[0]?.message ?? "This is no rule." });
    return z.NEVER;
  });

const named = z.object({ name: fields.line("a name", 100), rule: draftSchema });

/** Each fault stands at its field, of which the form has many that its rule is made from. */
const usable = (rule: MailRule, context: z.core.$RefinementCtx): void => {
  for (const [field, message] of Object.entries(faultsOf(rule)))
    context.addIssue({ code: "custom", path: [field], message });
};

export const newRuleSchema = named.superRefine(({ rule }, context) => usable(rule, context));
export const editedRuleSchema = named
  .extend({ id: fields.id, version: fields.version })
  .superRefine(({ rule }, context) => usable(rule, context));

function tidied(rule: MailRule): MailRule {
  const trimmed = (all: string[]) => [...new Set(all.map((word) => word.trim()).filter(Boolean))];
  const { failed, warning, success } = rule.words;
  return {
    ...rule,
    words: { failed: trimmed(failed), warning: trimmed(warning), success: trimmed(success) },
    software: rule.software.trim().slice(0, 100),
    jobType: rule.jobType.trim().slice(0, 100) || "backup",
  };
}

function fromJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
