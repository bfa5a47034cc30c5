import "server-only";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Answer, Context } from "../../action";
import { jobKeys } from "../../db/schema/desk";
import { UserError } from "../../errors";
import { lockKeys } from "../keys";
import { lockJobs, mustReceive } from "./locked";
import type { keySchema, moveKeySchema } from "./schema";

/** The next mails of the key wait in the Inbox; the runs there are stay. */
export async function forget(context: Context, input: z.output<typeof keySchema>): Promise<Answer> {
  const { tx, audit } = context;
  const key = { matchKey: input.match_key, sender: input.sender };
  await lockKeys(tx, [key]);
  const [job] = await lockJobs(context, [input.id]);
  if (!job) throw new Error("One job was asked for.");
  const gone = await tx.delete(jobKeys).where(isKey(key, job.id)).returning();
  if (gone.length === 0) throw unknownKey();
  audit({ action: "job.forget", target: job.name, targetId: job.id, before: key });
  return `${job.name} is not recognised by this any more.`;
}

/** The next mails of the key become runs of another job; the runs there are stay. */
export async function moveKeyTo(context: Context, input: z.output<typeof moveKeySchema>): Promise<Answer> {
  const { tx, audit } = context;
  const key = { matchKey: input.match_key, sender: input.sender };
  if (input.id === input.into) throw new UserError("Choose another job.", "into");
  await lockKeys(tx, [key]);
  const [from, to] = await lockJobs(context, [input.id, input.into]);
  if (!from || !to) throw new Error("Two jobs were asked for.");
  mustReceive(to);
  const moved = await tx.update(jobKeys).set({ jobId: to.id }).where(isKey(key, from.id)).returning();
  if (moved.length === 0) throw unknownKey();
  audit({
    action: "job.rekey",
    target: to.name,
    targetId: to.id,
    before: { job: from.name },
    after: { job: to.name, ...key },
  });
  return `The next mails of this go to ${to.name}.`;
}

const isKey = ({ matchKey, sender }: { matchKey: string; sender: string }, jobId: string) =>
  and(eq(jobKeys.matchKey, matchKey), eq(jobKeys.sender, sender), eq(jobKeys.jobId, jobId));

const unknownKey = () => new UserError("The job is not known by this any more. Look at it again.");
