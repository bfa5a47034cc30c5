import { UserError } from "../errors";

/** Something failed on this side: the database, not the mailbox. Both know errors such as ECONNREFUSED. */
export class HereFailed extends Error {
  constructor(cause: unknown) {
    super("Storing failed.", { cause });
  }
}

/** Marks what fails in work with the database, so that nobody blames the mailbox for it. */
export async function here<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof UserError ? error : new HereFailed(error);
  }
}
