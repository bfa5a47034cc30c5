import "server-only";
import type { Access } from "../access/can";
import { hashPassword } from "../auth/passwords";
import { passwordProblem } from "../auth/rules";
import { UserError } from "../errors";

/**
 * Checks and hashes a password for somebody; slow, so never inside a transaction.
 * @param field where the sentence belongs when the password is refused. @throws UserError
 */
export async function checkedHash(access: Access, username: string, password: string, field: string): Promise<string> {
  const { name, passwordMinimumLength } = access.account;
  const problem = passwordProblem(password, passwordMinimumLength, [username, name, "BackupChecks"]);
  if (problem) throw new UserError(problem, field);
  return hashPassword(password);
}
