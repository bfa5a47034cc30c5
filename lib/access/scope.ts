import "server-only";
import { and, or, type SQL, sql } from "drizzle-orm";
import { roleScopes } from "../db/schema/access";
import { resourceTypes } from "../db/schema/desk";
import { type Access, can, type Grant, type Shape } from "./can";
import { elementSources } from "./elements";
import { marksOf, type Tree } from "./marks";
import { type AggregateRight, aggregates } from "./registry";

/**
 * Which rows a role covers (product.md 4.5, 4.6). Every query over rows takes its predicate from here, for lists, counts
 * and the detail by address alike: a row that is not covered is never in memory. Each predicate speaks of the table it is
 * named after, which must be part of the query.
 */

/** For queries that read from `customers`. */
export const coveredCustomers = (access: Access): SQL => covered(access, "customers.view");

/** For queries that read from `jobs` joined with `customers`, and from what hangs on jobs: runs, objects, mails of jobs. */
export const coveredJobs = (access: Access): SQL =>
  all([covered(access, "resources.view"), covered(access, "customers.view")]);

/** For queries that read from `resource_types`: those of which a new job would be covered. */
export const coveredTypes = (access: Access): SQL =>
  all(access.grants.map((roles) => any(roles.map((role) => coveredBy(role, "resources.view", NEW_JOB)))));

/** For queries that read from `reports`. */
export const coveredReports = (access: Access): SQL => covered(access, "reports.view");

/** For the figures inside reports, of `jobs` joined with `customers`: what is covered, or with a right of its own everything. */
export function reportedJobs(access: Access): SQL {
  if (!can(access, "reports.view")) return sql`false`;
  return can(access, "reports.figures") ? sql`true` : coveredJobs(access);
}

/** For the customers that reports may name, of `customers`. */
export function reportedCustomers(access: Access): SQL {
  if (!can(access, "reports.view")) return sql`false`;
  return can(access, "reports.figures") ? sql`true` : coveredCustomers(access);
}

/** For what is about the whole account and no customer of it: only who covers all of them covers that. */
export const coveredAccount = (access: Access): SQL => truth(coversAccount(access));

/** @returns whether no customer, present or future, is left out. */
export const coversAccount = (access: Access): boolean => coversAll(access, "customers.view");

/** @returns whether no job of any customer, present or future, is left out. */
export const coversEveryJob = (access: Access): boolean => coversAccount(access) && coversAll(access, "resources.view");

/** @returns whether somebody is told that a source of mails is silent: who manages them, or works on runs of the whole account. */
export const hearsOfSilence = (access: Access): boolean =>
  can(access, "settings.manage") || (can(access, "runs.view") && coversAccount(access));

const coversAll = (access: Access, right: AggregateRight): boolean =>
  access.grants.every((roles) => roles.some((role) => isUnlimited(role, right)));

/** @returns whether no resource, present or future, of the customers covered is left out. */
export const coversResources = (access: Access): boolean => coversAll(access, "resources.view");

/** @returns whether no element of any aggregate right, present or future, is left out. */
export const coversEverything = (access: Access): boolean =>
  aggregates.every(({ right }) => access.grants.every((roles) => roles.some((role) => isUnlimited(role, right))));

/** For queries that read from `users`. */
export const coveredUsers = (access: Access): SQL => (can(access, "users.manage") ? sql`true` : sql`false`);

/** @returns the predicate of one aggregate right on its elements' table: covered by one role of each of the sets. */
export const covered = (access: Access, right: AggregateRight): SQL =>
  all(access.grants.map((roles) => any(roles.map((role) => coveredBy(role, right)))));

/** What is asked about; it may be a row of another table than that of the elements. */
type Subject = { id: SQL; type: SQL };

/** No mark speaks of it: its type decides. */
const NEW_JOB: Subject = { id: sql`null::uuid`, type: sql`${resourceTypes.id}::text` };

function coveredBy(role: Grant, right: AggregateRight, subject = elementOf(right)): SQL {
  if (isUnlimited(role, right)) return sql`true`;
  const shape = role.rights.has(right) ? role.shapes[right] : undefined;
  if (!shape) return sql`false`;
  const stored = sql`${roleScopes} where ${roleScopes.roleId} = ${role.id} and ${roleScopes.right} = ${right}`;
  return nearestMark(
    subject,
    shape,
    (column, included) => sql`select ${column} from ${stored} and included = ${truth(included)}`,
  );
}

/** @returns the predicate of a tree that is not stored (a draft), on the elements' table of the right. */
export function coveredByTree(tree: Tree, right: AggregateRight): SQL {
  const marks = marksOf(tree).map(({ type, elementId, included }) => ({ type, element_id: elementId, included }));
  const given = sql`jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as mark(type text, element_id uuid, included boolean)`;
  return nearestMark(
    elementOf(right),
    shapeOf(tree),
    (column, included) => sql`select ${column} from ${given} where included = ${truth(included)}`,
  );
}

const shapeOf = ({ root, types, elements }: Tree): Shape => ({
  root,
  places: [
    ...new Set([...types.values()].map((included) => `type ${included}` as const)),
    ...new Set([...elements.values()].map((included) => `element_id ${included}` as const)),
  ],
});

function elementOf(right: AggregateRight): Subject {
  const { id, type } = elementSources[right];
  return { id: sql`${id}`, type };
}

type Marks = (column: SQL, included: boolean) => SQL;

/** The same decision as `covers` of lib/access/marks.ts; a test compares the two. */
function nearestMark({ id, type }: Subject, { root, places }: Shape, marks: Marks): SQL {
  const element = sql`element_id`;
  const marked = (subject: SQL, column: SQL, included: boolean) =>
    sql`${subject} in (${marks(column, included)} and ${column} is not null)`;
  const rules: SQL[] = [];
  for (const included of [true, false]) {
    if (places.includes(`element_id ${included}`))
      rules.push(sql`when ${marked(id, element, included)} then ${truth(included)}`);
  }
  for (const included of [true, false]) {
    if (places.includes(`type ${included}`))
      rules.push(sql`when ${marked(type, sql`type`, included)} then ${truth(included)}`);
  }
  return rules.length > 0 ? sql`(case ${sql.join(rules, sql` `)} else ${truth(root)} end)` : truth(root);
}

const isUnlimited = (role: Grant, right: AggregateRight): boolean =>
  role.everything ||
  (role.rights.has(right) &&
    role.shapes[right]?.root === true &&
    role.shapes[right].places.every((place) => place.endsWith("true")));

/** A parameter would have no type of its own. */
const truth = (value: boolean): SQL => (value ? sql`true` : sql`false`);

/** Nothing to ask is a no, both times. */
const all = (parts: SQL[]): SQL => and(...parts) ?? sql`false`;
const any = (parts: SQL[]): SQL => or(...parts) ?? sql`false`;
