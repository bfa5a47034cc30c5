import type { Counts, RunStatus } from "../statuses";
import type { Period } from "./rules";

export const reportKinds = ["full", "results", "calendar", "missed", "reviews", "tickets", "storage"] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Counted back from yesterday, or a whole week or month of the calendar. */
export const reportPeriods = ["days", "last-week", "last-month", "this-month"] as const;
export type ReportPeriod = (typeof reportPeriods)[number];

/** What a report leaves out; the customer has a column of its own. All by id but the software, which is a word. */
export type ReportFilters = { groupId?: string; typeId?: string; software?: string };

/** When a saved report is mailed: every day, every week on a day (1 is Monday), or every month on a day (1 to 28). */
export type ReportSchedule = {
  every: "day" | "week" | "month";
  weekday: number;
  dayOfMonth: number;
  /** "07:00" in the account's time zone. */
  time: string;
  recipients: string[];
  attach: ("pdf" | "csv")[];
};

export type ReportRow = {
  id: string;
  name: string;
  kind: ReportKind;
  period: ReportPeriod;
  days: number;
  filters: ReportFilters;
  customerId: string | null;
  /** Null for all customers, and for one that the role does not cover. */
  customer: string | null;
  /** Names of what `filters` choose; null for none, and for what the role's reports count nothing of. */
  group: string | null;
  type: string | null;
  schedule: ReportSchedule | null;
  nextSendAt: Date | null;
  lastSentAt: Date | null;
  sendError: string | null;
  createdBy: string;
  createdAt: Date;
  version: number;
};
export type ReportSort = "name" | "days" | "created";

/** What is reported on: which jobs, and when. */
export type Asked = { kind: ReportKind; period: Period; customerId: string | null; filters: ReportFilters };

export type JobResult = Counts & {
  customerId: string;
  customer: string;
  jobId: string;
  job: string;
  software: string;
  lastStatus: RunStatus | null;
  lastRanAt: Date | null;
};
export type DayResult = Counts & { day: string };
export type Results = { period: Period; jobs: JobResult[]; days: DayResult[] };

/** What a report says, the same for the screen, the PDF and the CSV file. */
export type ReportDocument = { kind: ReportKind; period: Period; timeZone: string; sections: Section[] };

export type Section =
  | { kind: "heading"; title: string }
  | { kind: "figures"; figures: Figure[] }
  | { kind: "days"; title: string; days: DayResult[] }
  | { kind: "line"; title: string; points: { day: string; bytes: number | null }[] }
  | { kind: "calendar"; title: string; note: string; days: string[]; rows: CalendarRow[] }
  | { kind: "table"; title: string; columns: Column[]; rows: Row[]; empty: string };

export type Figure = { label: string; value: string; tone?: "neutral" | "success" | "warning" | "danger" };
/** `days`: one for each day of the section; null without a run. */
export type CalendarRow = { customer: string; job: string; jobId: string; days: (RunStatus | null)[] };
/** `file`: the head in a CSV file, where it is another one; `only`: the column stands on the screen and paper, or in files. */
export type Column = { label: string; file?: string; align?: "right"; only?: "screen" | "file" };
/** `file`: the plain value in a CSV file, where it is not the text. */
export type Cell = { text: string; file?: string | number | null; status?: RunStatus; link?: Link };
export type Link = { to: "customers" | "jobs" | "runs" | "tickets"; id: string };
/** A heading (the sums of a customer) is left out of files. A cell for each column. */
export type Row = { isHeading?: boolean; cells: Cell[] };
