"use server";
import { z } from "zod";
import { lockAccess } from "../../access/lock";
import { action } from "../../action";
import { toCsv } from "../../csv";
import { ConflictError, Forbidden, UserError } from "../../errors";
import { formatCount } from "../../format";
import { applyPlan } from "./apply";
import { prepareImport } from "./prepare";

const schema = z.object({
  csv: z.string("Paste the lines, or choose a file.").min(1, "Paste the lines, or choose a file.").max(900_000),
  /** Of the preview that was looked at. */
  fingerprint: z.string(),
});

/** All or nothing, and only what the preview showed. The answer's `data` are the new users' passwords, shown this once. */
export const importUsers = action(
  "users.manage",
  schema,
  async ({ access, tx, audit }, { csv, fingerprint }) => {
    const prepared = await prepareImport(tx, access, csv);
    if (prepared.plan.some(({ isEscalation }) => isEscalation)) throw new Forbidden("import exceeds the own rights");
    if (prepared.fingerprint !== fingerprint) {
      throw new ConflictError(
        "Something changed since the preview, and nothing was imported. This is the new preview.",
      );
    }
    if (prepared.plan.some(({ result }) => result === "error")) {
      throw new UserError("Nothing was imported: correct the lines marked as errors first.");
    }
    const changes = prepared.plan.filter(({ result }) => result !== "unchanged");
    if (changes.length === 0) throw new UserError("Nothing would change.");
    const passwords = await applyPlan(tx, access.userId, changes);
    for (const { before, after, username } of changes) {
      const told = (user: Pick<typeof after, "name" | "email" | "roles">) => ({
        name: user.name,
        email: user.email,
        roles: user.roles.map(({ name }) => name),
      });
      audit({
        action: before ? "user.edit" : "user.create",
        target: username,
        targetId: before?.id,
        before: before ? told(before) : undefined,
        after: { ...told(after), imported: true },
      });
    }
    const list = toCsv(passwords, { username: (row) => row.username, password: (row) => row.password });
    return {
      message: `${formatCount(changes.length, "user was", "users were")} imported.`,
      data: { passwords, csv: list },
    };
  },
  { name: "user.import", lock: lockAccess },
);
