/** A refusal that the person can understand and act on; everything else that is thrown is an accident. */
export class UserError extends Error {
  /**
   * @param message the sentence the person reads.
   * @param field the form field it belongs to, when there is one.
   */
  constructor(
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** Somebody else stored the row meanwhile: the second is told, and what they typed is kept. */
export class ConflictError extends UserError {}

/** Somebody tried what their rights do not cover: answered with 403. The message is for the audit log. */
export class Forbidden extends Error {}

/** Constraints of the database that stand for a rule people know. */
const rules: Record<string, { message: string; field?: string }> = {
  last_administrator: { message: "At least one administrator must remain." },
  users_username: { message: "This username is taken.", field: "username" },
  roles_name: { message: "A role of this name exists.", field: "name" },
  customers_name: { message: "A customer of this name exists.", field: "name" },
  resource_types_name: { message: "A resource type of this name exists.", field: "name" },
  mail_rules_name: { message: "A rule of this name exists.", field: "name" },
  mail_sources_name: { message: "A mail source of this name exists.", field: "name" },
  reports_name: { message: "A report of this name exists.", field: "name" },
};

/** @returns the refusal that a database error stands for, or the error itself. */
export function understood(error: unknown): unknown {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { constraint, constraint_name } = at as { constraint?: string; constraint_name?: string };
    const rule = rules[constraint_name ?? constraint ?? ""];
    if (rule) return new UserError(rule.message, rule.field);
  }
  return error;
}

// On globalThis, because pages and the hooks of the server are bundled apart and each has a copy of this module.
const kept = globalThis as typeof globalThis & { backupchecksAwayAt?: number };

/** Looks whether an error says that the database could not be reached (SQLSTATE classes 08 and 57P, and socket errors), and notes when. */
export function isDatabaseAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = String((at as { code?: unknown }).code ?? "");
    if (!/^(08|57P|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|CONNECT_|CONNECTION_)/.test(code)) continue;
    kept.backupchecksAwayAt = Date.now();
    return true;
  }
  return false;
}

/** @param since milliseconds since the epoch. @returns whether the database was found away at or after that moment. */
export const databaseAwaySince = (since: number): boolean => (kept.backupchecksAwayAt ?? 0) >= since;
