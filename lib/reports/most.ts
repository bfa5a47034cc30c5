import type { Row } from "./types";

/** How many a report lists at most: the days of 1,000 jobs for a quarter, runs that were missed, open tickets. */
export const most = { days: 100_000, missed: 20_000, tickets: 2000 } as const;

/** @returns the last line of a list that is not whole; none of one that is. */
export const cutLine = (count: number, of: keyof typeof most): Row[] =>
  count < most[of]
    ? []
    : [
        {
          cells: [
            { text: `Only the first ${most[of].toLocaleString("en")} are listed. Choose fewer days, or a customer.` },
          ],
        },
      ];
