import { type RunStatus, statusOrder } from "../statuses";

/** What Run Checks shows, and how it is grouped. Pure: for both sides. */

/** Who reviewed what nobody needed to look at, where names of people stand. */
export const BY_RULE = "By rule: plain success";

/** By what the list can be narrowed, besides the status. */
export const onlyKinds = ["odd", "ticket", "overridden"] as const;
export type OnlyKind = (typeof onlyKinds)[number];
export const checkFilters = ["status", "customer", "software", "type", "only"] as const;
export type CheckFilter = (typeof checkFilters)[number];

/** "suspected": missed, but its source was silent itself. */
export const checkStatuses = [...statusOrder, "suspected"] as const;
export type CheckStatus = (typeof checkStatuses)[number];

export type UnreviewedRun = {
  id: string;
  /** What it counts as. */
  status: RunStatus;
  isSuspected: boolean;
  /** What is odd about it, in words. */
  odd: string[];
  /** It is treated as a success; the reason is null for who may not see overrides. */
  override: { reason: string | null } | null;
  hasTicket: boolean;
  message: string | null;
  ranAt: Date;
  jobId: string;
  job: string;
  host: string;
  customerId: string;
  customer: string;
  /** All unreviewed runs of the customer and of the job, also those on other pages or hidden by a filter; suspected ones apart. */
  customerTotal: number;
  jobTotal: number;
  objects: number;
  objectsInTrouble: number;
};

export type JobGroup = { id: string; name: string; host: string; total: number; runs: UnreviewedRun[] };
export type CustomerGroup = {
  id: string;
  name: string;
  total: number;
  shown: number;
  counts: [RunStatus, number][];
  jobs: JobGroup[];
};

/** @param rows in the order of the list: runs of a customer, and in it of a job, stand together. */
export function groupRuns(rows: readonly UnreviewedRun[]): CustomerGroup[] {
  return chunks(rows, (run) => run.customerId).map(([first, ...rest]) => {
    const all = [first, ...rest];
    return {
      id: first.customerId,
      name: first.customer,
      total: first.customerTotal,
      shown: all.length,
      counts: countStatuses(all),
      jobs: chunks(all, (run) => run.jobId).map(([one, ...others]) => ({
        id: one.jobId,
        name: one.job,
        host: one.host,
        total: one.jobTotal,
        runs: [one, ...others],
      })),
    };
  });
}

/** @returns how many there are of each status that occurs, what needs work first. */
export function countStatuses(rows: readonly { status: RunStatus }[]): [RunStatus, number][] {
  return statusOrder
    .map((status): [RunStatus, number] => [status, rows.filter((row) => row.status === status).length])
    .filter(([, count]) => count > 0);
}

/** @returns the sentence a person reads after marking. @param names who had reviewed the others before. */
export function reviewedSentence(marked: number, already: number, names: readonly string[], missing: number): string {
  const sentences = [
    marked > 0 || already + missing === 0 ? `${runsIn(marked)} marked as reviewed.` : "",
    already > 0 ? `${runsIn(already)} already reviewed${names.length > 0 ? ` by ${names.join(", ")}` : ""}.` : "",
    missing > 0 ? `${missing} ${missing === 1 ? "does" : "do"} not exist any more.` : "",
  ];
  return sentences.filter(Boolean).join(" ");
}

const runsIn = (count: number): string => (count === 1 ? "1 run was" : `${count.toLocaleString("en")} runs were`);

function chunks<Row>(rows: readonly Row[], keyOf: (row: Row) => string): [Row, ...Row[]][] {
  const found: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last && keyOf(last[0]) === keyOf(row)) last.push(row);
    else found.push([row]);
  }
  return found;
}
