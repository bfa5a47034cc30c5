import { jobNameOf } from "../mail/parse/job-names";
import { emptyRule, type MailRule } from "../mail/rules/types";

/** @returns a first draft for mails like this one: the same sender, and what stays the same in the subject. Pure. */
export function ruleFor({ subject, fromAddress }: { subject: string; fromAddress: string }): MailRule {
  const words = jobNameOf(subject);
  return {
    ...emptyRule,
    conditions: [
      ...(fromAddress ? [{ field: "sender", comparison: "is", text: fromAddress } as const] : []),
      ...(words ? [{ field: "subject", comparison: "contains", text: words.slice(0, 500) } as const] : []),
    ],
  };
}
