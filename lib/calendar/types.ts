/** When no run is expected. Pure: for both sides. */

export const kinds = ["holiday", "maintenance"] as const;
export type Kind = (typeof kinds)[number];
export const kindLabels: Record<Kind, string> = { holiday: "Holiday", maintenance: "Maintenance" };

/** Of whom: of everybody, of a customer, of a job. */
export const scopes = ["account", "customer", "job"] as const;
export type Scope = (typeof scopes)[number];
export const scopeLabels: Record<Scope, string> = { account: "All customers", customer: "A customer", job: "A job" };

/** A customer or a job with its name for people. */
export type Target = { id: string; label: string };

export type QuietTime = {
  id: string;
  kind: Kind;
  name: string;
  customer: Target | null;
  job: Target | null;
  fromDay: string | null;
  toDay: string | null;
  isYearly: boolean;
  startsAt: Date | null;
  endsAt: Date | null;
  createdBy: string;
  version: number;
};

export const scopeOf = ({ customer, job }: Pick<QuietTime, "customer" | "job">): Scope =>
  job ? "job" : customer ? "customer" : "account";

/** @returns "All customers", or the name of the customer or job. */
export const scopeInWords = ({ customer, job }: Pick<QuietTime, "customer" | "job">): string =>
  job?.label ?? customer?.label ?? scopeLabels.account;

type Days = Pick<QuietTime, "fromDay" | "toDay" | "isYearly">;

/** @returns "2026-12-24 to 2026-12-26", "25 December each year". */
export function daysInWords({ fromDay, toDay, isYearly }: Days): string {
  if (!fromDay || !toDay) return "";
  const days = fromDay === toDay ? [fromDay] : [fromDay, toDay];
  return isYearly ? `${days.map(dayAndMonth).join(" to ")} each year` : days.join(" to ");
}

const dayAndMonth = (day: string): string =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
