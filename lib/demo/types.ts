import type { ParsedObject } from "../mail/parse/types";
import type { RunStatus } from "../statuses";

/** How a run of the sample data ended, by its mail. */
export type SampleStatus = Exclude<RunStatus, "missed">;

export type Product = "veeam" | "agent" | "vzdump" | "duplicati";

export type SampleCustomer = {
  id: string;
  name: string;
  reference: string;
  slug: string;
  group: string | null;
  createdAt: Date;
};

export type SampleJob = {
  id: string;
  customer: SampleCustomer;
  product: Product;
  name: string;
  software: string;
  /** As the mails name it, null when they do not. */
  mailHost: string | null;
  host: string;
  jobType: string;
  resourceType: string;
  sender: string;
  /** Minutes after 18:00 UTC at which it starts; some jobs start more than once a day. */
  startMinutes: number[];
  durationSeconds: number;
  sizeBytes: number;
  /** The machines or guests in it. */
  objects: string[];
  weekends: boolean;
  /** Share of runs that end with a warning, and that fail. */
  warnings: number;
  failures: number;
  /** How many nights ago it ran first, and last. */
  firstNight: number;
  lastNight: number;
};

/** What came out of one start of a job. */
export type Outcome = {
  job: SampleJob;
  status: SampleStatus;
  message: string | null;
  startedAt: Date;
  endedAt: Date;
  durationSeconds: number;
  sizeBytes: number;
  transferredBytes: number;
  objects: ParsedObject[];
};
