import "server-only";
import { and, desc, eq, ne } from "drizzle-orm";
import { z } from "zod";
import type { Access } from "../access/can";
import { readBody } from "../body";
import { db } from "../db";
import { mails } from "../db/schema/mails";
import { problem } from "../door";
import { UserError } from "../errors";
import { tryOut } from "../mail/read";
import type { Tried } from "../mail/rules/try";
import { draftSchema, faultsOf } from "../mail-rules/schema";
import { inboxMails, visibleMails } from "../mails/visible";

const LIMIT = 200_000;
const MAILS = 50;
const bodySchema = z.object({ rule: draftSchema, mail: z.uuid().nullable().default(null) });

/** A mail of the Inbox, and what the rule would make of it; `readBy` is the parser that read it. */
export type TriedRow = { id: string; subject: string; sender: string; readBy: string; outcome: Tried["outcome"] };
export type TrialAnswer = { rows: TriedRow[] } | { faults: Record<string, string> };

/** Tries a draft on the newest mails of the Inbox, and on one that was chosen; stores nothing. */
export async function answerTrial(access: Access, request: Request): Promise<Response> {
  const body = await readBody(request, LIMIT).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  if (body instanceof UserError) return problem(413, `The rule ${body.message}`);
  const parsed = bodySchema.safeParse(fromJson(body.toString("utf8")));
  if (!parsed.success) return problem(422, "This is no rule.");
  const { rule, mail } = parsed.data;
  const faults = faultsOf(rule);
  if (Object.keys(faults).length > 0) return Response.json({ faults } satisfies TrialAnswer);
  const found = await triedMails(access, mail);
  const tried = await tryOut({
    rule: { id: "trial", name: "this rule", rule },
    mails: found.map(({ parser: _, sentAt, receivedAt, ...one }) => ({
      ...one,
      sentAt: sentAt?.toISOString() ?? null,
      receivedAt: receivedAt.toISOString(),
    })),
  });
  if (!tried) return problem(422, "Trying the rule took too long. Make its patterns simpler.");
  const outcomes = new Map(tried.map(({ id, outcome }) => [id, outcome]));
  const rows = found.map(
    ({ id, subject, fromName, fromAddress, parser }): TriedRow => ({
      ...{ id, subject, sender: fromName || fromAddress, readBy: parser },
      outcome: outcomes.get(id) ?? "no",
    }),
  );
  return Response.json({ rows } satisfies TrialAnswer);
}

async function triedMails(access: Access, chosen: string | null) {
  const { id, subject, fromAddress, fromName, text, sentAt, receivedAt, parser } = mails;
  const columns = { id, subject, fromAddress, fromName, text, sentAt, receivedAt, parser };
  const newest = db()
    .select(columns)
    .from(mails)
    .where(and(inboxMails(access), ne(mails.kind, "waiting")))
    .orderBy(desc(receivedAt))
    .limit(MAILS);
  const one = chosen
    ? await db()
        .select(columns)
        .from(mails)
        .where(and(eq(id, chosen), visibleMails(access)))
    : [];
  return [...one, ...(await newest).filter((mail) => mail.id !== chosen)];
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
