import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { db, type Executor, transaction } from "../db";
import { mailSources } from "../db/schema/sources";
import { UserError } from "../errors";
import { seal, unseal } from "../secrets";
import type { Source, SourceKind, SourceSecrets } from "./types";

type Row = typeof mailSources.$inferSelect;

const purposeOf = (id: string): string => `mail source ${id}`;

/** @returns the secrets of a source as they are stored. */
export const sealSecrets = (id: string, secrets: SourceSecrets): string => seal(JSON.stringify(secrets), purposeOf(id));

/** @returns the secrets of a source; null when they were sealed with another key. None are an empty object. */
export function openSecrets({ id, secrets }: Pick<Row, "id" | "secrets">): SourceSecrets | null {
  if (!secrets) return {};
  const opened = unseal(secrets, purposeOf(id));
  return opened === null ? null : (JSON.parse(opened) as SourceSecrets);
}

/** @throws UserError when its secrets cannot be opened. */
export function asSource(row: Row): Source {
  const secrets = openSecrets(row);
  if (!secrets) throw new UserError("The stored secrets cannot be opened with this server's key. Enter them again.");
  const { id, name, kind, options, position, version } = row;
  return { id, name, kind, options, position, version, secrets } as Source;
}

/** @returns the row of a source, or undefined. */
export async function rowOf(executor: Executor, id: string): Promise<Row | undefined> {
  const [row] = await executor.select().from(mailSources).where(eq(mailSources.id, id));
  return row;
}

/** @returns the rows of what is not disabled, in the order of their names. */
export async function enabledRows(...kinds: SourceKind[]): Promise<Row[]> {
  return db()
    .select()
    .from(mailSources)
    .where(and(inArray(mailSources.kind, kinds), isNull(mailSources.disabledAt)))
    .orderBy(asc(mailSources.name));
}

/** Notes how reading it ended; only for the version that was read, so that what was corrected meanwhile stays correct. */
export async function noteCheck({ id, version }: Version, problem: string | null, worked: boolean): Promise<void> {
  const failed = problem === null ? { error: null } : { error: problem.slice(0, 500), failedAt: sql`now()` };
  const done = worked ? { succeededAt: sql`now()` } : {};
  await transaction((tx) =>
    tx
      .update(mailSources)
      .set({ checkedAt: sql`now()`, ...failed, ...done })
      .where(and(eq(mailSources.id, id), eq(mailSources.version, version))),
  );
}

/** Keeps how far a mailbox was read. */
export async function notePosition({ id, version }: Version, position: Source["position"]): Promise<void> {
  await transaction((tx) =>
    tx
      .update(mailSources)
      .set({ position })
      .where(and(eq(mailSources.id, id), eq(mailSources.version, version))),
  );
}

/** Keeps a secret that the other side replaced, such as a refresh token that is good for one time. */
export async function replaceSecret(source: Source, secrets: SourceSecrets): Promise<void> {
  const sealed = sealSecrets(source.id, { ...source.secrets, ...secrets });
  await transaction((tx) =>
    tx
      .update(mailSources)
      .set({ secrets: sealed })
      .where(and(eq(mailSources.id, source.id), eq(mailSources.version, source.version))),
  );
}

type Version = Pick<Row, "id" | "version">;
