import type { Comparison, Condition, Extract, MailRule } from "../mail/rules/types";

/** Rules as people read them. Pure: for both sides. */

export const fieldLabels: Record<Condition["field"], string> = { sender: "Sender", subject: "Subject", body: "Body" };

export const comparisonLabels: Record<Comparison, string> = {
  contains: "contains",
  starts: "starts with",
  ends: "ends with",
  is: "is",
  matches: "matches the pattern",
};

export const sourceLabels: Record<Extract["from"], string> = {
  none: "Nothing",
  subject: "A pattern in the subject",
  body: "A pattern in the body",
  sender: "A pattern in the sender",
  fixed: "Always this text",
};

/** @returns "Subject contains “NAS” and Sender is “nas@acme.example”". */
export function conditionsInWords({ when, conditions }: MailRule): string {
  const told = conditions.map(
    ({ field, comparison, text }) => `${fieldLabels[field]} ${comparisonLabels[comparison]} “${text}”`,
  );
  return told.join(when === "all" ? " and " : " or ");
}

/** @returns every part of a rule by its label. */
export function ruleInWords(rule: MailRule): Record<string, string> {
  const extract = ({ from, text }: Extract) => (from === "none" ? "" : `${sourceLabels[from]}: ${text}`);
  return {
    Conditions: conditionsInWords(rule),
    Result: rule.isResult ? "yes" : "no",
    Failed: rule.words.failed.join(", "),
    Warning: rule.words.warning.join(", "),
    Success: rule.words.success.join(", "),
    "Job name": extract(rule.jobName),
    Host: extract(rule.host),
    Customer: extract(rule.customer),
    Software: rule.software,
    "Job type": rule.jobType,
    Order: rule.isFirst ? "before the built-in ones" : "after the built-in ones",
  };
}
