import "server-only";
import { and, type SQL, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { elementSources } from "../access/elements";
import { requireRight } from "../access/guard";
import { givenRoles, lackingOf } from "../access/holdings";
import { type AggregateRight, aggregates, allRights, isAggregate, type Right } from "../access/registry";
import { isHeld } from "../access/session";
import { db } from "../db";
import { COUNT_LIMIT, keyset } from "../db/keyset";
import { assignments, roles } from "../db/schema/access";
import { readListQuery } from "../list";
import { MATCHES_MAXIMUM, type RoleDraft } from "./draft";
import { named, shownElements, type TypeView, visibleTypes } from "./elements";
import { type Consequences, consequencesOf } from "./holders";
import { defaultsOf, everything, holdingOf, readRole, sightOf } from "./stored";
import type { NamedElement } from "./wording";

export type RoleChoice = {
  id: string;
  name: string;
  /** Whether who looks holds all that it holds, and so may give it to somebody. */
  grantable: boolean;
};

/** @returns the roles one may assign or see assigned, in role order. */
export async function listRoleChoices(): Promise<RoleChoice[]> {
  const access = await requireRight("users.manage");
  const all = await givenRoles(db(), access);
  return all.map(({ id, name, lacking }) => ({ id, name, grantable: lacking.length === 0 }));
}

export type RoleListing = { id: string; name: string; users: number };

/** @returns every role in role order, with how many users hold it now. */
export async function listRoles(): Promise<RoleListing[]> {
  await requireRight("roles.manage");
  const held = sql<number>`(select count(*)::int from ${assignments} where ${assignments.roleId} = ${roles.id} and ${isHeld})`;
  return db()
    .select({ id: roles.id, name: roles.name, users: held })
    .from(roles)
    .orderBy(roles.position, sql`${roles.name} collate "C"`);
}

export type RoleView = {
  id: string;
  version: number;
  /** Without the marks that who looks may not know of. */
  draft: RoleDraft;
  /** What its marks are on. */
  elements: NamedElement[];
  /** The Admin role: never changed, never deleted. */
  isLocked: boolean;
  /** Whether it holds more than who looks, who then may not change it. */
  isStronger: boolean;
  /** What of it is not told, because who looks covers less. */
  untold: AggregateRight[];
  /** What "Restore defaults" gives back; null for roles of the account's own. */
  defaults: Pick<RoleDraft, "rights" | "marks"> | null;
  consequences: Consequences;
};

/** @returns one role as its editor needs it, or null when there is none. */
export async function getRole(id: string): Promise<RoleView | null> {
  const access = await requireRight("roles.manage");
  const role = await readRole(db(), id);
  if (!role) return null;
  const [lacking = []] = await lackingOf(db(), access, [{ ...holdingOf(role), everything: role.isLocked }]);
  // Not even how much is chosen is told of what who looks does not hold.
  const tellable = role.marks.filter(({ right }) => !lacking.includes(right));
  const { shown, elements } = await sightOf(db(), access, tellable);
  const { name, description, rights, version, isLocked } = role;
  return {
    id,
    version,
    draft: { name, description, rights, marks: shown },
    elements,
    isLocked,
    isStronger: lacking.length > 0,
    untold: lacking.filter(isAggregate),
    defaults: isLocked ? null : defaultsOf(role),
    consequences: await consequencesOf(db(), id),
  };
}

export type Giving = {
  /** The rights that who looks may give, perhaps for some elements only. */
  rights: Right[];
  /** The aggregate rights that they may give for everything, also for what comes later. */
  whole: AggregateRight[];
  types: Record<AggregateRight, TypeView[]>;
};

/** @returns what who looks may give to a role. */
export async function getGiving(): Promise<Giving> {
  const access = await requireRight("roles.manage");
  const all = allRights();
  const [lacking = []] = await lackingOf(db(), access, [holdingOf({ rights: all, marks: everything(all) })]);
  const types = await Promise.all(
    aggregates.map(async ({ right }) => [right, await visibleTypes(db(), access, right)] as const),
  );
  return {
    rights: all.filter((right) => can(access, right)),
    whole: aggregates.flatMap(({ right }) => (lacking.includes(right) ? [] : right)),
    types: Object.fromEntries(types) as Giving["types"],
  };
}

export type ElementPage = {
  elements: NamedElement[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  /** How many were found in all, at most 10,001; told with the first page only. */
  count: number | null;
};
export type ElementQuery = { type: string | null; search: string; cursor: string };

const ELEMENTS_SHOWN = 100;

/** @returns a page of the elements that who looks may see, by name. @param cursor `next` of the page before, or "". */
export async function listElements(
  right: AggregateRight,
  { type, search, cursor }: ElementQuery,
): Promise<ElementPage> {
  const access = await requireRight("roles.manage");
  const source = elementSources[right];
  const query = readListQuery({ q: search, after: cursor }, ["name"]);
  const columns = { name: { by: sql`lower(${source.name})`, type: "text" as const } };
  const page = keyset(query, columns, source.id, ELEMENTS_SHOWN);
  const found = foundBy(access, right, type, query.search);
  const rows = await db()
    .select({ ...named(right), cursor: page.cursor })
    .from(source.table)
    .where(and(found, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const { rows: shown, next } = page.of(rows);
  return {
    elements: shown.map(({ cursor: _, ...element }) => element),
    next: next && `${next.id}~${next.value}`,
    count: query.cursor ? null : next ? await countOf(right, found) : shown.length,
  };
}

async function countOf(right: AggregateRight, found: SQL | undefined): Promise<number> {
  const some = db().select({ one: sql`1` }).from(elementSources[right].table).where(found).limit(COUNT_LIMIT);
  const [row] = await db().select({ count: sql<number>`count(*)::int` }).from(some.as("some"));
  return row?.count ?? 0;
}

/** @returns every element that matches, in no order; at most one more than MATCHES_MAXIMUM. */
export async function listMatching(
  right: AggregateRight,
  { type, search }: Omit<ElementQuery, "cursor">,
): Promise<NamedElement[]> {
  const access = await requireRight("roles.manage");
  return db()
    .select(named(right))
    .from(elementSources[right].table)
    .where(foundBy(access, right, type, readListQuery({ q: search }, ["name"]).search))
    .limit(MATCHES_MAXIMUM + 1);
}

/** The database stores no NUL, and refuses to look for one. */
const foundBy = (access: Access, right: AggregateRight, type: string | null, search: string): SQL | undefined =>
  and(
    shownElements[right].covered(access),
    search ? shownElements[right].matches(search) : undefined,
    type === null ? undefined : sql`${elementSources[right].type} = ${type.replaceAll("\0", "")}`,
  );
