import { isId } from "../ids";
import { readPeriod } from "./rules";
import { askedSchema, filtersOf } from "./schema";
import type { Asked } from "./types";

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** @param params of an address: from, to, kind, customer, group, type, software. @returns what is asked for, or what is wrong with the period. */
export function readAsked(params: Record<string, string | string[] | undefined>): Asked | string {
  const period = readPeriod(String(params.from ?? ""), String(params.to ?? ""));
  if (typeof period === "string") return period;
  const { kind, customer, ...filters } = askedSchema.parse(params);
  // What is no id is no customer, and a report about nobody is empty.
  const customerId = customer === "" ? null : isId(customer) ? customer : NOBODY;
  return { kind, period, customerId, filters: filtersOf(filters) };
}
