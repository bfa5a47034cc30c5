import type { Expects } from "./expectation";
import type { Schedule } from "./types";
import { scheduleInWords } from "./words";

/** What people have said about a schedule, by label: for the audit log and for who changes it at the same time. Pure. */

type Facts = {
  expects: Expects;
  plan: Schedule | null;
  graceMinutes: number | null;
  quietAfterDays: number | null;
  timeZone: string | null;
};

export type Told = { Expected: string; Grace: string; "No success for": string; "Time zone": string };

export const expectsLabels: Record<Expects, string> = {
  learned: "As learned from its runs",
  planned: "As planned here",
  "failures-only": "It sends mails on failure only",
  "alerts-only": "It sends alerts, not results",
  workstation: "A workstation: runs when it is on",
};

export const toldOf = ({ expects, plan, graceMinutes, quietAfterDays, timeZone }: Facts): Told => ({
  Expected: expects === "planned" && plan ? scheduleInWords(plan) : expectsLabels[expects],
  Grace: graceMinutes === null ? "" : `${graceMinutes} minutes`,
  "No success for": quietAfterDays === null ? "" : `${quietAfterDays} days`,
  "Time zone": timeZone ?? "",
});
