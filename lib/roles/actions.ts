"use server";
import { lockAccess } from "../access/lock";
import { action } from "../action";
import { UserError } from "../errors";
import { draftMarks, draftTrees } from "./draft";
import { consequencesOf } from "./holders";
import { createSchema, defaultsSchema, deleteSchema, oneSchema, updateSchema } from "./schema";
import { insertRole, removeRole, storeRole } from "./store";
import { defaultsOf, sightOf } from "./stored";
import { auditable, nameOfCopy, refuseBeyond, requireEditable, requireStored } from "./targets";

export const createRole = action(
  "roles.manage",
  createSchema,
  async ({ access, tx, audit }, draft) => {
    await refuseBeyond(tx, access, draft);
    const id = await insertRole(tx, draft);
    audit({ action: "role.create", target: draft.name, targetId: id, after: await auditable(tx, draft) });
    return { message: `Role ${draft.name} was created.`, data: { id } };
  },
  { name: "role.create", lock: lockAccess },
);

export const updateRole = action(
  "roles.manage",
  updateSchema,
  async ({ access, tx, audit }, { id, version, ...draft }) => {
    const stored = await requireEditable(tx, id, version);
    const { hidden } = await sightOf(tx, access, stored.marks);
    const kept = hidden.filter(({ right }) => draft.rights.includes(right));
    // The draft's own marks last: of two on one place the last counts.
    const marks = draftMarks(draftTrees({ rights: draft.rights, marks: [...kept, ...draft.marks] }));
    const wanted = { ...draft, marks };
    await refuseBeyond(tx, access, stored, wanted);
    await storeRole(tx, id, wanted);
    audit({
      action: "role.update",
      target: stored.name,
      targetId: id,
      before: await auditable(tx, stored),
      after: await auditable(tx, wanted),
    });
    return `Role ${wanted.name} was updated.`;
  },
  { name: "role.update", lock: lockAccess },
);

export const duplicateRole = action(
  "roles.manage",
  oneSchema,
  async ({ access, tx, audit }, { id }) => {
    const stored = await requireStored(tx, id);
    await refuseBeyond(tx, access, stored);
    const { description, rights, marks } = stored;
    const copy = { name: await nameOfCopy(tx, stored.name), description, rights, marks };
    const made = await insertRole(tx, copy);
    audit({ action: "role.duplicate", target: copy.name, targetId: made, after: await auditable(tx, copy) });
    return { message: `${stored.name} was copied to ${copy.name}.`, data: { id: made } };
  },
  { name: "role.duplicate", lock: lockAccess },
);

export const restoreDefaults = action(
  "roles.manage",
  defaultsSchema,
  async ({ access, tx, audit }, { id, version }) => {
    const stored = await requireEditable(tx, id, version);
    const defaults = defaultsOf(stored);
    if (!defaults) throw new UserError(`${stored.name} is a role of your own and has no defaults.`);
    const wanted = { ...defaults, name: stored.name, description: stored.description };
    await refuseBeyond(tx, access, stored, wanted);
    await storeRole(tx, id, wanted);
    audit({
      action: "role.restore_defaults",
      target: stored.name,
      targetId: id,
      before: await auditable(tx, stored),
      after: await auditable(tx, wanted),
    });
    return `${stored.name} has its defaults again.`;
  },
  { name: "role.restore_defaults", lock: lockAccess },
);

export const deleteRole = action(
  "roles.manage",
  deleteSchema,
  async ({ access, tx, audit }, { id, holders, bare }) => {
    const stored = await requireStored(tx, id);
    if (stored.isLocked) throw new UserError(`${stored.name} is never deleted.`);
    const now = await consequencesOf(tx, id);
    if (now.holders !== holders || now.bare.length !== bare)
      throw new UserError("Who holds this role has changed meanwhile. Look again at who would lose it.");
    const before = { ...(await auditable(tx, stored)), holders: now.holders, withoutAnyRole: now.bare };
    await removeRole(tx, id);
    audit({ action: "role.delete", target: stored.name, targetId: id, before });
    const message = `Role ${stored.name} was deleted.`;
    return access.active.some((role) => role.id === id) ? { message, leaveTo: "/dashboard" } : message;
  },
  { name: "role.delete", lock: lockAccess },
);
