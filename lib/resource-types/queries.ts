import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { can } from "../access/can";
import { requireRight } from "../access/guard";
import { coversType, treeOf } from "../access/marks";
import { isAdmin, rightsOf } from "../access/policy";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { roleScopes, roles } from "../db/schema/access";
import { customers, jobs, resourceTypes } from "../db/schema/desk";

export type ResourceType = {
  id: string;
  name: string;
  /** What parsers of mails call it. */
  suggestedAs: string[];
  version: number;
  /** Jobs of it that the role covers, archived ones too; null for who sees no jobs. */
  jobs: number | null;
};

/** @returns the types in their order. */
export async function listResourceTypes(): Promise<ResourceType[]> {
  const access = await requireRight("settings.manage");
  const seesJobs = can(access, "resources.view") && can(access, "customers.view");
  const counted = db()
    .select({ typeId: jobs.resourceTypeId, count: sql<number>`count(*)::int`.as("count") })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(coveredJobs(access))
    .groupBy(jobs.resourceTypeId)
    .as("counted");
  const { id, name, suggestedAs, version, position } = resourceTypes;
  const rows = await db()
    .select({ id, name, suggestedAs, version, count: counted.count })
    .from(resourceTypes)
    .leftJoin(counted, eq(counted.typeId, id))
    .orderBy(asc(position), sql`lower(${name})`);
  return rows.map(({ count, ...row }) => ({ ...row, jobs: seesJobs ? (count ?? 0) : null }));
}

/** A role and the types of which it covers every job that carries no mark of its own. */
export type CoveringRole = { name: string; types: string[] };

/** @returns the roles that view resources, in role order, without those that cover everything by what they are; null for who may not know of roles. */
export async function listCoveringRoles(): Promise<CoveringRole[] | null> {
  const access = await requireRight("settings.manage");
  if (!can(access, "roles.manage")) return null;
  const all = await db().select().from(roles).orderBy(asc(roles.position), sql`${roles.name} collate "C"`);
  const { roleId, type, elementId, included } = roleScopes;
  const marks = await db()
    .select({ roleId, type, elementId, included })
    .from(roleScopes)
    .where(and(eq(roleScopes.right, "resources.view"), isNull(elementId)));
  const types = await db().select({ id: resourceTypes.id }).from(resourceTypes);
  return all
    .filter((role) => !isAdmin(role) && rightsOf(role).has("resources.view"))
    .map((role) => {
      const tree = treeOf(marks.filter((mark) => mark.roleId === role.id));
      return { name: role.name, types: types.flatMap(({ id }) => (coversType(tree, id) ? [id] : [])) };
    });
}
