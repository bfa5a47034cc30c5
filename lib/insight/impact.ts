import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { elementSources } from "../access/elements";
import { holdingsOf, treesOf } from "../access/holdings";
import { type Holding, treeIn } from "../access/policy";
import { type AggregateRight, aggregates, allRights, type Right } from "../access/registry";
import { coveredByTree } from "../access/scope";
import type { Executor } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { effectiveMenus } from "../menus/rules";
import { storedMenus } from "../menus/stored";
import { menuKeys, menuNames, type StoredMenus } from "../menus/types";
import { opensOf } from "../menus/warnings";
import type { RoleDraft } from "../roles/draft";
import { shownElements } from "../roles/elements";
import { consequencesOf } from "../roles/holders";

type Change<Thing> = { won: Thing[]; lost: Thing[] };

/** What storing a draft would change, for those who hold the role. */
export type Impact = {
  /** How many hold it, and the first of them by name. */
  holders: number;
  names: string[];
  /** Open sessions that act in it. */
  sessions: number;
  rights: Change<Right>;
  /** Rows that whoever asks covers. */
  rows: { right: AggregateRight; won: number; lost: number }[];
  /** Links, as "Main: Tickets". */
  links: Change<string>;
};

const NOBODY = { holders: 0, names: [], sessions: 0 };
const NONE: Holding = { rights: new Set(), everything: false, trees: {} };

/** @param roleId null for a role that is not created yet. @returns null when there is no such role. */
export async function impactOf(
  executor: Executor,
  access: Access,
  roleId: string | null,
  draft: Pick<RoleDraft, "rights" | "marks">,
): Promise<Impact | null> {
  const [before] = roleId ? await holdingsOf(executor, [roleId]) : [NONE];
  if (!before) return null;
  const after: Holding = { rights: new Set(draft.rights), everything: false, trees: treesOf(draft.marks) };
  const { holders, names, sessions } = roleId ? await consequencesOf(executor, roleId) : NOBODY;
  const menus = await storedMenus(executor);
  const rows = [];
  for (const { right } of aggregates) rows.push({ right, ...(await counted(executor, access, right, before, after)) });
  return {
    holders,
    names,
    sessions,
    rights: changed(heldBy(before), heldBy(after)),
    rows: rows.filter(({ won, lost }) => won > 0 || lost > 0),
    links: changed(linksOf(menus, before), linksOf(menus, after)),
  };
}

const heldBy = ({ rights }: Holding): Right[] => allRights().filter((right) => rights.has(right));

function changed<Thing>(before: readonly Thing[], after: readonly Thing[]): Change<Thing> {
  return {
    won: after.filter((thing) => !before.includes(thing)),
    lost: before.filter((thing) => !after.includes(thing)),
  };
}

function linksOf(menus: StoredMenus, { rights }: Holding): string[] {
  const open = new Set(opensOf(rights));
  const shown = effectiveMenus(menus, (page) => open.has(page));
  return menuKeys.flatMap((key) =>
    shown[key].flatMap(({ items }) => items.map(({ label }) => `${menuNames[key]}: ${label}`)),
  );
}

/** Among the rows that who asks covers: how many the one covers and the other does not. */
async function counted(executor: Executor, access: Access, right: AggregateRight, before: Holding, after: Holding) {
  const [was, willBe] = [rowsOf(before, right), rowsOf(after, right)];
  const numbers = {
    won: sql<number>`count(*) filter (where ${willBe} and not ${was})::int`,
    lost: sql<number>`count(*) filter (where ${was} and not ${willBe})::int`,
  };
  const select = executor.select(numbers);
  const shown = shownElements[right].covered(access);
  const [row] =
    right === "resources.view"
      ? await select.from(jobs).innerJoin(customers, eq(customers.id, jobs.customerId)).where(shown)
      : await select.from(elementSources[right].table).where(shown);
  return row ?? { won: 0, lost: 0 };
}

/** What a holding covers of the elements; a job is seen only together with its customer. */
function rowsOf(holding: Holding, right: AggregateRight): SQL {
  const needed: AggregateRight[] = right === "resources.view" ? [right, "customers.view"] : [right];
  if (!needed.every((one) => holding.rights.has(one))) return sql`false`;
  return and(...needed.map((one) => coveredByTree(treeIn(holding, one), one))) ?? sql`false`;
}
