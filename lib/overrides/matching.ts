import "server-only";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { customers, jobs } from "../db/schema/desk";
import { overrides } from "../db/schema/overrides";
import { runObjects, runs } from "../db/schema/runs";
import type { Pattern } from "./types";

/** The rules of lib/overrides/rules.ts in SQL, on `runs` joined with `jobs` and `customers`, and on `run_objects`. */

/** What a stored override, or one that is being typed, says: as expressions. */
export type PatternSql = Record<keyof Pattern, SQLWrapper>;

const { scope, software, customerId, jobId, objectName, statuses, match, matchText } = overrides;
export const stored: PatternSql = { scope, software, customerId, jobId, objectName, statuses, match, matchText };

/** @returns the pattern as expressions with types of their own. */
export const typed = (pattern: Pattern): PatternSql => ({
  scope: sql`${pattern.scope}::text`,
  software: sql`${pattern.software}::text`,
  customerId: sql`${pattern.customerId}::uuid`,
  jobId: sql`${pattern.jobId}::uuid`,
  objectName: sql`${pattern.objectName}::text`,
  statuses: sql`array(select jsonb_array_elements_text(${JSON.stringify(pattern.statuses)}::jsonb))`,
  match: sql`${pattern.match}::text`,
  matchText: sql`${pattern.matchText}::text`,
});

/** The override holds at the moment of the run: of `overrides` and `runs`. */
export const holdsThen = sql`(${overrides.startsAt} <= ${runs.ranAt} and (${overrides.endsAt} is null or ${runs.ranAt} < ${overrides.endsAt}))`;

/** The run is one of those that the pattern reaches, whatever it says. */
export const reachesRun = (p: PatternSql): SQL => sql`(case ${p.scope}
  when 'global' then true
  when 'software' then ${jobs.software} = ${p.software}
  when 'customer' then ${customers.id} = ${p.customerId}
  else ${jobs.id} = ${p.jobId} end)`;

/** The pattern speaks of the run itself. */
export const matchesRun = (p: PatternSql): SQL =>
  sql`(${p.scope} <> 'object' and ${reachesRun(p)} and ${says(p, runs.status, runs.message)})`;

/** The pattern speaks of the object. */
export const matchesObject = (p: PatternSql): SQL => sql`(${reachesRun(p)}
  and (${p.scope} <> 'object' or ${folded(p.objectName)} = ${folded(runObjects.name)})
  and ${says(p, runObjects.status, runObjects.message)})`;

function says(p: PatternSql, status: SQLWrapper, message: SQLWrapper): SQL {
  const [text, wanted] = [folded(message), folded(p.matchText)];
  return sql`(${status} = any(${p.statuses}) and case ${p.match}
    when 'any' then true
    when 'contains' then position(${wanted} in ${text}) > 0
    when 'starts' then starts_with(${text}, ${wanted})
    when 'ends' then right(${text}, length(${wanted})) = ${wanted}
    else ${text} = ${wanted} end)`;
}

/** As `folded` of the rules. */
const folded = (text: SQLWrapper): SQL => sql`btrim(regexp_replace(translate(coalesce(${text}, ''),
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), '[ \\t\\r\\n]+', ' ', 'g'), ' ')`;

/** As `isExplained` of the rules, of `runs`. @param treated whether an object (of `run_objects`) counts as a success. */
export function explainedByObjects(treated: SQL): SQL {
  const bad = sql`select 1 from ${runObjects} where ${runObjects.runId} = ${runs.id} and ${runObjects.status} <> 'success'`;
  return sql`(${runs.status} in ('warning', 'failed', 'missed')
    and not exists (${bad} and (${treated}) is not true)
    and exists (${bad} and (${runObjects.status} <> 'warning' or ${runs.status} = 'warning')))`;
}

/** Order of `nearestFirst` of the rules, of `overrides`. */
export const nearestFirst = sql`case ${overrides.scope} when 'object' then 0 when 'job' then 1 when 'customer' then 2
  when 'software' then 3 else 4 end, ${overrides.id}`;
