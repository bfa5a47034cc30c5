import { type SQL, sql } from "drizzle-orm";

/**
 * What two keys have in common that differ only in case, spacing, signs or the domain of the host: such jobs may be the
 * same, which a person decides. "veeam|srv-1.acme.local|daily - backup|backup" and "veeam|srv-1|Daily_Backup|backup".
 * @param key "software|customer/host|job name|job type" in SQL. @returns the loose key in SQL; null for a key that was
 * shortened to a digest.
 */
export const looseKey = (key: SQL): SQL<string | null> => sql<string | null>`(case when ${key} like 'sha256:%' then null
  else split_part(${key}, '|', 1) || '|' || ${place(sql`split_part(${key}, '|', 2)`)}
    || '|' || regexp_replace(lower(split_part(${key}, '|', 3)), '[^[:alnum:]]+', '', 'g') || '|' || split_part(${key}, '|', 4) end)`;

/** An address of numbers has no domain. */
const place = (both: SQL): SQL =>
  sql`lower(case when ${both} ~ '^(.*/)?[0-9.:]+$' then ${both} else regexp_replace(${both}, '\\.[^/]*$', '') end)`;
