import type { RunStatus } from "../../statuses";
import type { ReportDocument } from "../types";

/** What the thread that draws gets: all of it plain data. */
export type Paper = {
  /** The service desk. */
  accountName: string;
  title: string;
  /** "All customers, 2026-10-01 to 2026-10-31". */
  subject: string;
  /** "2026-11-22 07:00". */
  madeAt: string;
  document: ReportDocument;
};

export const colours: Record<RunStatus, string> = {
  success: "#3f8f5f",
  warning: "#d9a514",
  failed: "#c0392b",
  missed: "#7d4fa3",
  unknown: "#8a8f98",
};

/** The same for letters on white, dark enough to be read. */
export const inks: Record<RunStatus, string> = {
  success: "#2c7a4b",
  warning: "#8a6505",
  failed: "#b02a1c",
  missed: "#6b3f91",
  unknown: "#5d6672",
};

/** For who prints in grey, or does not tell colours apart. */
export const letters: Record<RunStatus, string> = { success: "", warning: "w", failed: "F", missed: "M", unknown: "?" };

export const ink = "#1d232b";
export const muted = "#5d6672";
export const line = "#d5dae1";
export const sunken = "#f1f3f6";
