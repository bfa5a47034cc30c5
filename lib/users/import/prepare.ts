import "server-only";
import { createHash } from "node:crypto";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Access } from "../../access/can";
import { givenRoles } from "../../access/holdings";
import { coveredUsers } from "../../access/scope";
import { fromCsv } from "../../csv";
import type { Tx } from "../../db";
import { assignments, users } from "../../db/schema/access";
import { UserError } from "../../errors";
import { assigned } from "../assigned";
import { heldOf } from "../targets";
import { type CsvRow, IMPORT_LINES, type Planned, planImport, type State } from "./plan";

/** A line of the preview, and what all lines together stand for: an import is applied only if this is still the same. */
export type PreviewLine = Pick<Planned, "line" | "username" | "result" | "details">;
export type Preview = { lines: PreviewLine[]; fingerprint: string };

/** @returns the plan for a CSV text against what is stored now. @throws UserError when it is no list of users. */
export async function prepareImport(tx: Tx, access: Access, csv: string): Promise<Preview & { plan: Planned[] }> {
  const rows = fromCsv(csv);
  if (!rows.some(({ cells }) => cells.username !== undefined)) {
    throw new UserError("The first line must name the columns: username, name, email, roles.", "csv");
  }
  if (rows.length > IMPORT_LINES) throw new UserError("At most 2,000 lines at once.", "csv");
  const plan = planImport(rows, await readState(tx, access, rows), access);
  const lines = plan.map(({ line, username, result, details }) => ({ line, username, result, details }));
  const versions = plan.map(({ before }) => before?.version ?? 0);
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([lines, versions]))
    .digest("base64url");
  return { lines, fingerprint, plan };
}

async function readState(tx: Tx, access: Access, rows: readonly CsvRow[]): Promise<State> {
  const roles = await givenRoles(tx, access);
  const names = rows.map(({ cells }) => (cells.username ?? "").trim().replace(/^'/, "").normalize("NFC"));
  const found = await tx
    .select({
      id: users.id,
      username: users.username,
      name: users.name,
      email: users.email,
      version: users.version,
      assigned,
    })
    .from(users)
    .where(
      and(
        coveredUsers(access),
        sql`lower(${users.username}) in (select lower(typed) from unnest(${sql.param(names)}::text[]) as typed)`,
      ),
    );
  const adminRoles = roles.filter(({ isAdmin }) => isAdmin).map(({ id }) => id);
  const administrators = await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(assignments, eq(assignments.userId, users.id))
    .where(and(isNull(users.disabledAt), isNull(assignments.expiresAt), inArray(assignments.roleId, adminRoles)));
  return {
    roles,
    existing: found.map(({ assigned: own, ...user }) => ({ ...user, roles: heldOf(roles, own) })),
    administrators: new Set(administrators.map(({ id }) => id)),
  };
}
