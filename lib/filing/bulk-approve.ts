import "server-only";
import { and, asc, inArray, or } from "drizzle-orm";
import { refresh } from "next/cache";
import { z } from "zod";
import type { Access } from "../access/can";
import type { Answer, Context } from "../action";
import type { AuditRecord } from "../audit";
import { readBody } from "../body";
import { db } from "../db";
import { mails } from "../db/schema/mails";
import { problem } from "../door";
import { UserError, understood } from "../errors";
import { fields } from "../form";
import { formatCount } from "../format";
import { inboxMails } from "../mails/visible";
import { approveOne } from "./approve";
import { type Planned, planApprovals, sameKeyAs } from "./bulk-plan";
import { lockKeys } from "./keys";

const AT_ONCE = 200;

export const bulkSchema = z
  .object({ ids: fields.ids })
  .refine(({ ids }) => ids.length > 0, "Select at least one mail.")
  .refine(({ ids }) => ids.length <= AT_ONCE, `Select at most ${AT_ONCE} mails.`);

/** A line of the preview and of the result. */
export type BulkLine = { id: string; subject: string; does: string; because: string; approves: boolean };

/** What `approveSuggested` does: each mail in a step of its own, which is undone alone when it is refused. */
export async function approveAll(context: Context, { ids }: z.output<typeof bulkSchema>): Promise<Answer> {
  const planned = await planApprovals(context.tx, context.access, ids);
  await lockAll(context, planned);
  const approved = new Set<string>();
  const stayed: BulkLine[] = [];
  for (const { id } of planned) {
    if (approved.has(id)) continue;
    // Once more, because the one before may have made the job that this one belongs to.
    const [now] = await planApprovals(context.tx, context.access, [id]);
    const outcome = now && (await approveAlone(context, now));
    if (now && typeof outcome === "string") stayed.push({ ...lineOf(now), does: outcome, approves: false });
    else for (const gone of outcome ?? []) approved.add(gone);
  }
  if (approved.size === 0) throw new UserError(nothingApproved(stayed));
  const message = `${formatCount(approved.size, "mail")} approved.`;
  return {
    message: stayed.length > 0 ? `${message} ${formatCount(stayed.length, "mail")} stayed.` : message,
    data: { stayed },
    afterwards: async () => refresh(),
  };
}

/** All at once and in the order in which everybody locks: keys, then mails by their ids. */
async function lockAll({ access, tx }: Context, planned: readonly Planned[]): Promise<void> {
  const keyed = planned.flatMap(({ matchKey, sender }) => (matchKey ? [{ matchKey, sender }] : []));
  await lockKeys(tx, keyed);
  const ids = planned.map(({ id }) => id);
  await tx
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        inboxMails(access),
        or(inArray(mails.id, ["00000000-0000-0000-0000-000000000000", ...ids]), ...keyed.map(sameKeyAs)),
      ),
    )
    .orderBy(asc(mails.id))
    .for("update");
}

/** @returns the ids of the mails that were approved, or why this one stays. */
async function approveAlone(context: Context, planned: Planned): Promise<string[] | string> {
  const { approval } = planned;
  if (!approval) return planned.does;
  const records: AuditRecord[] = [];
  try {
    const { ids } = await context.tx.transaction((tx) =>
      approveOne({ ...context, tx, audit: (record) => records.push(record) }, approval),
    );
    for (const record of records) context.audit(record);
    return ids;
  } catch (error) {
    const known = understood(error);
    if (known instanceof UserError) return known.message;
    throw error;
  }
}

const nothingApproved = (stayed: readonly BulkLine[]): string =>
  stayed.length === 1
    ? `Nothing was approved. ${stayed[0]?.does}`
    : "Nothing was approved: nothing is suggested for these mails.";

const lineOf = ({ id, subject, does, because, approval }: Planned): BulkLine => ({
  ...{ id, subject, does, because },
  approves: approval !== null,
});

/** What approving the selected mails would do, line by line; ids as JSON in the body. */
export async function previewApprovals(access: Access, request: Request): Promise<Response> {
  const body = await readBody(request, 100_000).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  if (body instanceof UserError) return problem(413, `The selection ${body.message}`);
  const parsed = bulkSchema.safeParse({ ids: fromJson(body.toString("utf8")) });
  if (!parsed.success) return problem(422, parsed.error.issues[0]?.message ?? "Select at least one mail.");
  const planned = await planApprovals(db(), access, parsed.data.ids);
  const seen = new Map<string, string>();
  const lines = planned.map((one): BulkLine => {
    const key = one.matchKey && one.approval && `${one.matchKey}\n${one.sender}`;
    const first = key ? seen.get(key) : undefined;
    if (key && !first) seen.set(key, one.subject);
    return first ? { ...lineOf(one), does: `Goes along with “${first}”`, because: "" } : lineOf(one);
  });
  return Response.json(lines);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
