import { sql } from "drizzle-orm";
import type { Access } from "@/lib/access/can";
import { elementSources } from "@/lib/access/elements";
import { aggregates, allRights } from "@/lib/access/registry";
import { covered } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { assignments, roleScopes, roles, sessions, users } from "@/lib/db/schema/access";
import { customerGroups, customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { reports } from "@/lib/db/schema/reports";
import type { Element, Facts, ModelSession } from "./access-model";

/** A row that is not there: of a type that is, or of one that nobody knows. */
const LATER = "later ";

/** Reads the plain rows that the model decides from. */
export async function readFacts(): Promise<Facts> {
  const [allRoles, marks, allUsers, held] = [
    await db().select().from(roles),
    await db().select().from(roleScopes),
    await db().select({ id: users.id, disabledAt: users.disabledAt, secret: users.passwordHash }).from(users),
    await db().select().from(assignments),
  ];
  return {
    now: Date.now(),
    allRights: allRights(),
    aggregates: aggregates.map(({ right }) => right),
    elements: await readElements(),
    roles: allRoles.map(({ id, position, name, builtIn, rights }) => {
      const own = marks.filter(({ roleId }) => roleId === id);
      return { id, position, name, isAdmin: builtIn === "admin", rights, marks: own };
    }),
    users: allUsers.map(({ id, disabledAt, secret }) => ({
      id,
      isDisabled: disabledAt !== null,
      secret,
      roles: held
        .filter(({ userId }) => userId === id)
        .map(({ roleId, expiresAt }) => ({ id: roleId, until: expiresAt?.getTime() ?? Number.POSITIVE_INFINITY })),
    })),
  };
}

async function readElements(): Promise<Element[]> {
  const rows = [
    ...(await db().select({ id: customers.id, type: customers.groupId }).from(customers)).map(({ id, type }) => ({
      right: "customers.view",
      id,
      type: type ?? "",
    })),
    ...(await db().select({ id: jobs.id, type: jobs.resourceTypeId }).from(jobs)).map((row) => ({
      right: "resources.view",
      ...row,
    })),
    ...(await db().select({ id: reports.id, type: reports.kind }).from(reports)).map((row) => ({
      right: "reports.view",
      ...row,
    })),
  ];
  const types: Record<string, string[]> = {
    "customers.view": ["", ...(await db().select({ id: customerGroups.id }).from(customerGroups)).map(({ id }) => id)],
    "resources.view": (await db().select({ id: resourceTypes.id }).from(resourceTypes)).map(({ id }) => id),
    "reports.view": ["results"],
  };
  const later = Object.entries(types).flatMap(([right, known]) =>
    [...known, "of a new type"].map((type) => ({ right, id: LATER + type, type })),
  );
  return [...rows, ...later];
}

/** @returns the same words as the model's `mayNow`, but asked of the product: its rights, and its SQL for rows. */
export async function asked(access: Access, facts: Facts): Promise<Set<string>> {
  const words = new Set<string>(access.rights);
  for (const { right } of aggregates) {
    const { table, id } = elementSources[right];
    const rows = await db()
      .select({ id: sql<string>`${id}` })
      .from(table)
      .where(covered(access, right));
    for (const row of rows) words.add(`${right} ${row.id}`);
  }
  // The product is never asked about what is not there.
  for (const { right, id } of facts.elements) if (id.startsWith(LATER)) words.delete(`${right} ${id}`);
  return words;
}

/** @returns what the product can be asked about. */
export const present = (words: Iterable<string>): Set<string> =>
  new Set([...words].filter((word) => !word.includes(LATER) && word !== "everything to come"));

/** @returns the session of a user as it is stored, or null when it has ended. */
export async function sessionOf(userId: string): Promise<ModelSession | null> {
  const [row] = await db()
    .select()
    .from(sessions)
    .where(sql`${sessions.userId} = ${userId} and ${sessions.endedAt} is null`);
  return row ? { userId, chosen: row.activeRoleIds, preview: row.previewRoleId } : null;
}
