import "server-only";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { forbidden, redirect, unauthorized } from "next/navigation";
import type { z } from "zod";
import { type Access, actingAs, actingKey, passes } from "./access/can";
import type { Right } from "./access/registry";
import { currentAccess, readAccess } from "./access/session";
import { type Actor, type AuditRecord, actorOf, auditDone, auditRefused } from "./audit";
import { readCookie } from "./auth/cookie";
import { type Tx, transaction } from "./db";
import { Forbidden, UserError, understood } from "./errors";
import { type ActionState, fieldErrors, fieldsOf, ROLE_FIELD, typedValues } from "./form";
import { isId } from "./ids";
import { accident } from "./log";
import { clientAddress, isSameOrigin, noteRefusedAction } from "./request";

/** What `run` works with: one transaction for the change and its audit entry. */
export type Context = {
  access: Access;
  actor: Actor;
  tx: Tx;
  /** Adds to what the audit log will say; a run that changes something and says nothing is undone. */
  audit: (record: AuditRecord) => void;
};

/** What a run answers: the sentence the person reads, and perhaps data for the page, or where to go (`leaveTo`: with a whole new document). */
export type Answer =
  | string
  | { message: string; data?: unknown; redirectTo?: string; leaveTo?: string; afterwards?: () => Promise<void> };

type Options<Input, Prepared> = {
  /** Slow work (hashing) that must not hold the transaction; runs after the right was checked. */
  prepare?: (input: Input, access: Access) => Promise<Prepared>;
  /** For what does not depend on the role acted in (signing out, the own password): no question which role the page was of. */
  anyRole?: boolean;
  /** Open to who only looks at the product as a role: leaving it, and signing out. */
  inPreview?: boolean;
  /** Taken before anything is read: changes of who may do what happen one after the other. */
  lock?: (tx: Tx) => Promise<void>;
};

type Action = ((previous: ActionState, form: FormData) => Promise<ActionState>) & { gate: Right | "signed-in" };

/**
 * The door for people: same origin, signed in, form of the role acted in, right held, input valid; then one transaction
 * in which the access is read again, the change made and the audit entry written.
 * @param gate the right needed, or "signed-in". @param schema what `fieldsOf(form)` must look like.
 * @param run makes the change; throws UserError for a refusal the person can understand.
 */
export function action<S extends z.ZodType, Prepared = undefined>(
  gate: Right | "signed-in",
  schema: S,
  run: (context: Context, input: z.output<S>, prepared: Prepared) => Promise<Answer>,
  options: Options<z.output<S>, Prepared> & { name: string },
): Action {
  const act = async (_previous: ActionState, form: FormData): Promise<ActionState> => {
    const actor = actorOf(null, await clientAddress());
    const refuse = async (reason: string) => {
      await noteRefusedAction();
      await auditRefused(actor, { action: options.name, target: "", targetId: idIn(form) }, reason);
    };
    if (!isSameOrigin(await headers())) {
      await refuse("not sent by a page of this product");
      forbidden();
    }
    const access = await currentAccess();
    if (!access) {
      await refuse("not signed in");
      unauthorized();
    }
    Object.assign(actor, actorOf(access, actor.address));
    if (access.preview && !options.inPreview) {
      await refuse(`in a preview of ${access.preview.name}`);
      return answer(form, "refused", `This is a preview of ${access.preview.name}. Nothing was changed.`);
    }
    if (!options.anyRole && form.get(ROLE_FIELD) !== actingKey(access)) {
      await refuse("sent from a page of another role");
      return answer(form, "refused", `You are now acting as ${actingAs(access) || "nobody"}. Nothing was changed.`);
    }
    if (!mayAct(access, gate)) {
      await refuse(`needs ${gate}`);
      forbidden();
    }
    const parsed = await schema.safeParseAsync(fieldsOf(form));
    if (!parsed.success) return invalid(form, fieldErrors(parsed.error));
    const done = await attempt(async () => {
      const prepared = (await options.prepare?.(parsed.data, access)) as Prepared;
      return transaction((tx) => change(tx, gate, actor, options, (context) => run(context, parsed.data, prepared)));
    });
    if (!(done instanceof Error)) return finish(form, done);
    if (done instanceof Forbidden) {
      await refuse(done.message);
      forbidden();
    }
    if (!(done instanceof UserError)) throw accident(done, options.name);
    await refuse(done.message);
    return done.field ? invalid(form, { [done.field]: done.message }) : answer(form, "refused", done.message);
  };
  return Object.assign(act, { gate });
}

/** @returns the id that a form speaks of, for the log of refusals. */
function idIn(form: FormData): string | undefined {
  const id = form.get("id");
  return typeof id === "string" && isId(id) ? id : undefined;
}

/** @returns what the work answered, or the error that ended it, in the words of people where there are some. */
async function attempt(work: () => Promise<Answer>): Promise<Answer | Error> {
  try {
    return await work();
  } catch (error) {
    const known = understood(error);
    return known instanceof Error ? known : new Error(String(known));
  }
}

async function change(
  tx: Tx,
  gate: Right | "signed-in",
  actor: Actor,
  options: { lock?: (tx: Tx) => Promise<void>; name: string; inPreview?: boolean },
  run: (context: Context) => Promise<Answer>,
): Promise<Answer> {
  await options.lock?.(tx);
  const token = await readCookie();
  const access = token && (await readAccess(tx, token.secret));
  // The right may have gone away since the first look.
  if (!access || !mayAct(access, gate)) throw new Forbidden(`needs ${gate}`);
  if (access.preview && !options.inPreview) throw new Forbidden(`in a preview of ${access.preview.name}`);
  const records: AuditRecord[] = [];
  const done = await run({ access, actor, tx, audit: (record) => records.push(record) });
  if (records.length === 0) throw new Error(`${options.name} left no audit entry.`);
  await auditDone(tx, actor, records);
  return done;
}

/** Who must choose a new password may do just that, and leave. */
function mayAct(access: Access, gate: Right | "signed-in"): boolean {
  return gate === "signed-in" || (passes(access, gate) && !access.mustChangePassword);
}

async function finish(form: FormData, done: Answer): Promise<ActionState> {
  const { message, data, redirectTo, leaveTo, afterwards }: Exclude<Answer, string> =
    typeof done === "string" ? { message: done } : done;
  await afterwards?.();
  if (redirectTo) redirect(redirectTo);
  if (!leaveTo) refresh();
  return { ...answer(form, "done", message), values: {}, data, leaveTo };
}

export function invalid(form: FormData, errors: Record<string, string>): ActionState {
  return { ...answer(form, "invalid", errors[""] ?? "Please correct the marked fields."), errors };
}

export function answer(form: FormData, status: ActionState["status"], message: string): ActionState {
  return { status, message, errors: {}, values: typedValues(form), at: Date.now() };
}
