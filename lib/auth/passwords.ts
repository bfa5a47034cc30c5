import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Access } from "../access/can";
import { env } from "../env";
import { UserError } from "../errors";
import { workerPool } from "../workers";
import type { HashTask } from "./hash.worker";
import { normalised, passwordProblem } from "./rules";

const COST = 12;
// A well-formed hash of nothing that anybody knows: what unknown and disabled accounts are compared with.
const NOBODY = "$2b$12$XgTW1tyNr1vEgKKJrh7hauDl7jBuN4M8YyhY/C6LTSZ3SPDf/TcAu";

const GENERATED = "generated:";

/** How often a hash was computed or compared, for tests: every sign-in costs exactly one, whatever is wrong. */
export const work = { count: 0 };

/**
 * Checks a new password by the account's rules and hashes it; slow, so never inside a transaction.
 * @param field where the sentence belongs when the password is refused. @throws UserError
 */
export async function checkedHash(access: Access, username: string, password: string, field: string): Promise<string> {
  const { name, passwordMinimumLength } = access.account;
  const problem = passwordProblem(password, passwordMinimumLength, [username, name, "BackupChecks"]);
  if (problem) throw new UserError(problem, field);
  return hashPassword(password);
}

/** @returns what is stored for a password. @throws UserError when too many people wait for theirs. */
export async function hashPassword(password: string): Promise<string> {
  return (await run({ kind: "hash", digest: digest(password), cost: COST })) as string;
}

/** @param hash what is stored; null or malformed costs the same work and is never right. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const usable = hash !== null && /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(hash);
  const right = await run({ kind: "compare", digest: digest(password), hash: usable ? hash : NOBODY });
  return (usable && right === true) || isGenerated(password, hash);
}

function isGenerated(password: string, hash: string | null): boolean {
  const [given, stored] = [Buffer.from(hashGenerated(password)), Buffer.from(hash ?? "")];
  return given.length === stored.length && timingSafeEqual(given, stored);
}

/**
 * For `generatePassword` only: 100 random bits need no slow hash, so thousands can be imported at once. Signing in with one
 * costs the same comparison as any other.
 */
export function hashGenerated(password: string): string {
  return GENERATED + digest(password);
}

/** bcrypt reads 72 bytes; a keyed digest lets every character of any length count. */
function digest(password: string): string {
  return createHmac("sha256", env().PASSWORD_PEPPER).update(normalised(password)).digest("base64");
}

async function run(task: HashTask): Promise<string | boolean> {
  work.count++;
  const pool = workerPool("hash.worker", { maxThreads: 2, maxQueue: 64 });
  if (pool.queueSize >= 64) throw new UserError("Too many people are signing in. Try again in a moment.");
  return pool.run(task);
}
