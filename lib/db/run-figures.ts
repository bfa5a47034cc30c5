import "server-only";
import { isNull, type SQL, sql } from "drizzle-orm";
import { eachStatus, type RunStatus } from "../statuses";
import { runs } from "./schema/runs";

/** How figures count runs, as a day does (lib/days/rules.ts): of a run that came late only its own end counts, and what is only suspected is unknown. */

/** For queries that count `runs`. */
export const isFigure: SQL = isNull(runs.lateRunId);

export const figureStatus: SQL<RunStatus> = sql`(case when ${runs.isSuspected} and ${runs.countsAs} = 'missed' then 'unknown' else ${runs.countsAs} end)`;

/** @returns how many of the rows ended how. @param also what else must be true of a row. */
export const figuresPerStatus = (also: SQL = sql`true`): Record<RunStatus, SQL<number>> =>
  eachStatus((status) => sql<number>`count(*) filter (where ${figureStatus} = ${status} and ${also})::int`);
