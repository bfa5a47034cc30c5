/** How an administrator teaches the product to read mails that no parser knows. Pure: for both sides. */

export const conditionFields = ["sender", "subject", "body"] as const;
export const comparisons = ["contains", "starts", "ends", "is", "matches"] as const;
export type Comparison = (typeof comparisons)[number];
export type Condition = {
  field: (typeof conditionFields)[number];
  comparison: Comparison;
  text: string;
};

export const extractSources = ["none", "subject", "body", "sender", "fixed"] as const;
/** Where a name stands: nowhere, behind a pattern in a part of the mail, or always the same text. */
export type Extract = { from: (typeof extractSources)[number]; text: string };

export const wordStatuses = ["failed", "warning", "success"] as const;
export type WordStatus = (typeof wordStatuses)[number];

export type MailRule = {
  /** Whether all conditions must hold, or one of them. */
  when: "all" | "any";
  conditions: Condition[];
  /** False for mails that are no result of a backup. */
  isResult: boolean;
  /** Words for each status; the worst that stands in the mail counts, and without any the result is unknown. */
  words: Record<WordStatus, string[]>;
  jobName: Extract;
  host: Extract;
  customer: Extract;
  software: string;
  jobType: string;
  /** Asked before the parsers of the product; else after those of a product and before the general one. */
  isFirst: boolean;
};

export type StoredRule = { id: string; name: string; rule: MailRule };

/** The rules that are in use, in their order; `version` changes with them. */
export type RuleSet = { version: string; rules: StoredRule[] };

export const noRules: RuleSet = { version: "", rules: [] };

export const emptyRule: MailRule = {
  when: "all",
  conditions: [{ field: "subject", comparison: "contains", text: "" }],
  isResult: true,
  words: { failed: [], warning: [], success: [] },
  jobName: { from: "none", text: "" },
  host: { from: "none", text: "" },
  customer: { from: "none", text: "" },
  software: "",
  jobType: "backup",
  isFirst: false,
};

/** @returns `MailRead.parser` of mails that the rule read. */
export const ruleParserId = (id: string): string => `rule:${id}`;
