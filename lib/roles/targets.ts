import "server-only";
import type { Access } from "../access/can";
import { lackingOf } from "../access/holdings";
import type { Tree } from "../access/marks";
import { type AggregateRight, isAggregate } from "../access/registry";
import { lastToChange } from "../conflicts";
import type { Executor, Tx } from "../db";
import { roles } from "../db/schema/access";
import { ConflictError, Forbidden, UserError } from "../errors";
import { rightLines } from "./changes";
import type { RoleDraft } from "./draft";
import { elementsWith, typeNames } from "./elements";
import { holdingOf, readRole, type StoredRole } from "./stored";
import { type NamedElement, sentenceOf, spelledOut, type TypeName } from "./wording";

/** @returns the role about to be changed or copied. @throws UserError when there is none any more. */
export async function requireStored(tx: Tx, id: string): Promise<StoredRole> {
  const role = await readRole(tx, id);
  if (!role) throw new UserError("This role does not exist any more.");
  return role;
}

/** @returns the role about to be changed. @throws UserError for Admin, ConflictError when it is in another version. */
export async function requireEditable(tx: Tx, id: string, version: number): Promise<StoredRole> {
  const role = await requireStored(tx, id);
  if (role.isLocked) throw new UserError(`${role.name} always has every right and is never changed.`);
  if (role.version === version) return role;
  const who = await lastToChange(tx, { what: "role", id });
  throw new ConflictError(`${who} changed this role meanwhile. Nothing was stored, and yours is kept here.`, "version");
}

type Given = Pick<RoleDraft, "rights" | "marks">;

/** Nobody gives what they lack, and nobody edits a role that may do more than they (product.md 4.7). @throws Forbidden */
export async function refuseBeyond(tx: Tx, access: Access, ...given: Given[]): Promise<void> {
  const lacking = await lackingOf(tx, access, given.map(holdingOf));
  const beyond = new Set(lacking.flat());
  if (beyond.size > 0) throw new Forbidden(`exceeds the own rights: ${[...beyond].join(", ")}`);
}

/** @returns "Operator copy", or with a number when that is taken. */
export async function nameOfCopy(tx: Tx, name: string): Promise<string> {
  const taken = new Set((await tx.select({ name: roles.name }).from(roles)).map((row) => row.name.toLowerCase()));
  for (let number = 1; ; number++) {
    const end = number === 1 ? " copy" : ` copy ${number}`;
    const made = `${name.slice(0, 60 - end.length).trim()}${end}`;
    if (!taken.has(made.toLowerCase())) return made;
  }
}

/** More names than these say nothing more to who reads the audit log. */
const NAMES_AUDITED = 1_000;

/** @returns the role as the audit log keeps it: its rights, with the elements of aggregate rights by name. */
export async function auditable(tx: Executor, { name, description, rights, marks }: RoleDraft) {
  const [types, elements] = [new Map<AggregateRight, TypeName[]>(), new Map<string, NamedElement>()];
  for (const right of rights.filter(isAggregate)) {
    const ids = marks.flatMap((mark) => (mark.right === right ? (mark.elementId ?? []) : []));
    for (const element of await elementsWith(tx, right, ids)) elements.set(element.id, element);
    types.set(right, await typeNames(tx, right));
  }
  const spell = (right: AggregateRight, tree: Tree) =>
    sentenceOf(
      spelledOut(tree, types.get(right) ?? [], (id) => elements.get(id)),
      NAMES_AUDITED,
    );
  return { name, description, rights: rightLines({ rights, marks }, spell).map(({ text }) => text) };
}
