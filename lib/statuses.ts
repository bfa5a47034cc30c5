/** How a run can have ended, and how that is counted. Pure: for both sides. */

/** "missed": no mail came, or the software itself says that it did not run. */
export type RunStatus = "success" | "warning" | "failed" | "unknown" | "missed";

/** How many runs ended how. */
export type Counts = Record<RunStatus, number>;

/** What needs work comes first. */
export const statusOrder = ["failed", "missed", "warning", "unknown", "success"] as const satisfies RunStatus[];

export const statusLabels: Record<RunStatus, string> = {
  failed: "Failed",
  missed: "Missed",
  warning: "Warning",
  unknown: "Unknown",
  success: "Success",
};

export const noCounts: Counts = { failed: 0, missed: 0, warning: 0, unknown: 0, success: 0 };

/** @returns one value for each status. */
export const eachStatus = <T>(of: (status: RunStatus) => T): Record<RunStatus, T> => ({
  failed: of("failed"),
  missed: of("missed"),
  warning: of("warning"),
  unknown: of("unknown"),
  success: of("success"),
});

export const totalOf = (counts: Counts): number => statusOrder.reduce((sum, status) => sum + counts[status], 0);

/** @returns the sum of many. */
export const sumOf = (many: readonly Counts[]): Counts =>
  eachStatus((status) => many.reduce((total, counts) => total + counts[status], 0));
