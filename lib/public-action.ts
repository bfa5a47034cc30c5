import "server-only";
import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import type { z } from "zod";
import { answer, invalid } from "./action";
import { auditRefused } from "./audit";
import { UserError, understood } from "./errors";
import { type ActionState, fieldErrors, fieldsOf } from "./form";
import { accident } from "./log";
import { clientAddress, isSameOrigin } from "./request";

type PublicAction = ((previous: ActionState, form: FormData) => Promise<ActionState>) & { gate: "public" };

/**
 * The door for people who are not signed in: signing in, and setting up. Same origin and valid input; `run` does its own
 * transactions and audit entries, because it must not hold a transaction while it hashes.
 * @param run returns the address to go to.
 */
export function publicAction<S extends z.ZodType>(
  schema: S,
  run: (input: z.output<S>) => Promise<string>,
  { name }: { name: string },
): PublicAction {
  const act = async (_previous: ActionState, form: FormData): Promise<ActionState> => {
    if (!isSameOrigin(await headers())) {
      const nobody = { id: null, name: "", role: "", address: await clientAddress() };
      await auditRefused(nobody, { action: name, target: "" }, "not sent by a page of this product");
      forbidden();
    }
    const parsed = await schema.safeParseAsync(fieldsOf(form));
    if (!parsed.success) return invalid(form, fieldErrors(parsed.error));
    const result = await run(parsed.data).catch((thrown: unknown) => understood(thrown));
    if (typeof result === "string") redirect(result);
    if (!(result instanceof UserError))
      throw accident(result instanceof Error ? result : new Error(String(result)), name);
    return result.field ? invalid(form, { [result.field]: result.message }) : answer(form, "refused", result.message);
  };
  return Object.assign(act, { gate: "public" as const });
}
