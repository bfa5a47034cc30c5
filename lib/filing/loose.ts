import { type SQL, sql } from "drizzle-orm";

/** Regular expressions would take ten times as long, and a page of the Inbox asks this of every key there is. */
const SIGNS = " \t-_.,:;!/\\()[]{}<>#+*'\"“”–—";

/**
 * What two keys have in common that differ only in case, spacing, signs or the domain of the host: such jobs may be the
 * same, which a person decides. "veeam|srv-1.acme.local|daily - backup|backup" and "veeam|srv-1|Daily_Backup|backup".
 * @param key "software|customer/host|job name|job type" in SQL. @returns the loose key in SQL; null for a key that was
 * shortened to a digest.
 */
export const looseKey = (key: SQL): SQL<string | null> => sql<
  string | null
>`(case when starts_with(${key}, 'sha256:') then null
  else split_part(${key}, '|', 1) || '|' || ${place(sql`lower(split_part(${key}, '|', 2))`)}
    || '|' || translate(lower(split_part(${key}, '|', 3)), ${SIGNS}, '') || '|' || split_part(${key}, '|', 4) end)`;

/** Of "customer/host.domain" without the domain; an address of numbers has none. */
function place(both: SQL): SQL {
  const host = sql`split_part(${both}, '/', -1)`;
  const rest = sql`left(${both}, length(${both}) - length(${host}))`;
  return sql`${rest} || (case when translate(${host}, '0123456789.:', '') = '' then ${host} else split_part(${host}, '.', 1) end)`;
}
