import "server-only";
import { sql } from "drizzle-orm";
import { jobs } from "./schema/desk";

/** For updates of `jobs` that are in use again: what did not run meanwhile was never expected, and that time is no silence. */
export const watchedAnew = {
  checkedUntil: sql`now()`,
  pausedUntil: sql`case when ${jobs.pausedAt} is null then now() else ${jobs.pausedUntil} end`,
};
