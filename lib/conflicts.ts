import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Tx } from "./db";
import { auditEntries } from "./db/schema/access";
import { ConflictError } from "./errors";

type Facts = Record<string, string>;
type Row = { what: string; id: string };

/**
 * For an update that found another version than the form was made from.
 * @param row what the row is called, for people and in audited actions ("customer" of "customer.update"), and its id.
 * @param stored what is stored now, by label. @param typed what the form says, by the same labels.
 * @returns the refusal that tells who changed it and what differs; the form may be sent again to overwrite it.
 */
export async function conflictOver(tx: Tx, row: Row, stored: Facts, typed: Facts): Promise<ConflictError> {
  return new ConflictError(
    `${await lastToChange(tx, row)} changed this ${row.what} meanwhile. ${difference(stored, typed)} Save again to store yours instead.`,
  );
}

/** @returns the username of who changed the row last, or "Somebody"; for pages that show the difference themselves. */
export async function lastToChange(tx: Tx, row: Row): Promise<string> {
  const [last] = await tx
    .select({ actor: auditEntries.actor })
    .from(auditEntries)
    .where(
      and(
        sql`${auditEntries.at} > now() - interval '1 day'`,
        eq(auditEntries.targetId, row.id),
        eq(auditEntries.outcome, "done"),
        sql`starts_with(${auditEntries.action}, ${`${row.what}.`})`,
      ),
    )
    .orderBy(desc(auditEntries.at))
    .limit(1);
  return last?.actor || "Somebody";
}

/** @returns what is stored where it is not what was typed: "Stored now: Name "Acme"; Notes empty. */
function difference(stored: Facts, typed: Facts): string {
  const told = Object.entries(stored)
    .filter(([label, value]) => typed[label] !== value)
    .map(([label, value]) => `${label} ${value === "" ? "empty" : `"${shortened(value)}"`}`);
  return told.length === 0 ? "What is stored now equals yours." : `Stored now: ${told.join("; ")}.`;
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}...` : text);
