import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { customerGroups, customers, jobs, resourceTypes } from "../db/schema/desk";
import { reports } from "../db/schema/reports";
import type { AggregateRight } from "./registry";

/** Where the elements of an aggregate right are. `type` is never null: the empty text for elements without one. */
export type ElementSource = {
  table: PgTable;
  id: PgColumn;
  type: SQL<string>;
  name: PgColumn;
  /** Rows `type`, `name`, `position` of the types there are, in no order. */
  types: SQL;
};

/** Another aggregate right is its line in the registry and its entry here. */
export const elementSources: Record<AggregateRight, ElementSource> = {
  "customers.view": {
    table: customers,
    id: customers.id,
    type: sql`coalesce(${customers.groupId}::text, '')`,
    name: customers.name,
    types: sql`select ${customerGroups.id}::text as type, ${customerGroups.name} as name, 0 as position from ${customerGroups}
      union all select '', '', 1`,
  },
  "resources.view": {
    table: jobs,
    id: jobs.id,
    type: sql`${jobs.resourceTypeId}::text`,
    name: jobs.name,
    types: sql`select ${resourceTypes.id}::text as type, ${resourceTypes.name} as name, ${resourceTypes.position} as position from ${resourceTypes}`,
  },
  "reports.view": {
    table: reports,
    id: reports.id,
    type: sql`${reports.kind}`,
    name: reports.name,
    types: sql`select * from (values ('full', 'Everything', 0), ('results', 'Results', 1), ('calendar', 'Calendar', 2),
      ('missed', 'Missed runs', 3), ('reviews', 'Reviews', 4), ('tickets', 'Tickets', 5), ('storage', 'Storage', 6))
      as kinds(type, name, position)`,
  },
};
