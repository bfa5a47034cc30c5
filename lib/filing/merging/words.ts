import { formatCount } from "../../format";
import type { MergePlan } from "./queries";

/** @returns what merging would do, in sentences. Pure: for both sides. */
export function planInWords(name: string, plan: MergePlan): string[] {
  const goes = [
    [plan.runs, "run", "runs"],
    [plan.mails, "mail", "mails"],
    [plan.tickets, "ticket or remark", "tickets and remarks"],
    [plan.overrides, "override", "overrides"],
    [plan.quietTimes, "holiday or maintenance window", "holidays and maintenance windows"],
  ] as const;
  const counted = goes.filter(([count]) => count > 0).map(([count, one, many]) => formatCount(count, one, many));
  const moved = plan.customer.from === plan.customer.to ? "" : ` They then belong to ${plan.customer.to}.`;
  return [
    counted.length > 0 ? `${listed(counted)} of ${name} go to ${plan.into}.${moved}` : `${name} has nothing to move.`,
    ...(plan.doubles > 0 ? [`${formatCount(plan.doubles, "run")} that ${plan.into} has too will be dropped.`] : []),
    plan.keys > 0 ? `Mails of ${name} will be recognised as ${plan.into}.` : `No mail is recognised as ${name} now.`,
    `${name} itself, its notes and its schedule will be gone. This cannot be undone.`,
  ];
}

const listed = (parts: string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
