import "server-only";
import { type Access, actingAs } from "./access/can";
import { type Executor, transaction } from "./db";
import { auditEntries } from "./db/schema/access";

/** Who acts: a person in a role, a machine with a key, or nobody known. */
export type Actor = { id: string | null; name: string; role: string; address: string };

/** What was done to what. `before` and `after` are plain data without secrets. */
export type AuditRecord = { action: string; target: string; targetId?: string; before?: unknown; after?: unknown };

/** @returns the actor of a session, or nobody. */
export function actorOf(access: Access | null, address: string): Actor {
  if (!access) return { id: null, name: "", role: "", address };
  return { id: access.userId, name: access.username, role: actingAs(access), address };
}

/** Writes what was done, in the transaction that does it: if this fails, nothing was done. */
export async function auditDone(tx: Executor, actor: Actor, records: readonly AuditRecord[]): Promise<void> {
  if (records.length > 0)
    await tx.insert(auditEntries).values(records.map((record) => row(actor, record, "done", null)));
}

/** Writes one refusal, in a transaction of its own because the refused one was undone. */
export async function auditRefused(actor: Actor, record: AuditRecord, reason: string): Promise<void> {
  await transaction((tx) => tx.insert(auditEntries).values(row(actor, record, "refused", reason)));
}

function row(actor: Actor, record: AuditRecord, outcome: "done" | "refused", reason: string | null) {
  const { action, target, targetId = null, before = null, after = null } = record;
  return {
    actorId: actor.id,
    actor: actor.name,
    role: actor.role,
    address: actor.address,
    action,
    target,
    targetId,
    before,
    after,
    outcome,
    reason,
  };
}
