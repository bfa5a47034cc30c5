import { z } from "zod";
import { PASSWORD_MAXIMUM, USERNAME_PATTERN, USERNAME_RULE } from "../auth/rules";
import { fields } from "../form";

export const username = z
  .string("Enter a username.")
  .trim()
  .normalize("NFC")
  .min(1, "Enter a username.")
  .regex(USERNAME_PATTERN, USERNAME_RULE);
export const email = z
  .union([z.literal(""), z.email("Enter an e-mail address such as name@example.com.").max(254)])
  .default("")
  .transform((value) => value || null);
/** Bounds the work only; the rules are those of `passwordProblem`, which needs the account's settings. */
const password = z
  .string("Enter a password.")
  .min(1, "Enter a password.")
  .max(PASSWORD_MAXIMUM * 4, `Use at most ${PASSWORD_MAXIMUM} characters.`);

export const createSchema = z.object({
  username,
  password,
  email,
  roles: fields.ids.pipe(z.array(z.string()).min(1, "Choose at least one role.")),
  must_change: fields.checkbox,
});

export const rolesSchema = z.object({
  id: fields.id,
  version: fields.version,
  roles: fields.ids,
  /** Set by the dialog that asks before somebody is left without a role. */
  no_role: fields.checkbox,
});

const isLocal = (typed: string) =>
  /^2\d{3}-[\d:T-]+$/.test(typed) && z.iso.datetime({ local: true }).safeParse(typed).success;

/** An end as a field for date and time has it, in the account's time zone; empty: none. And why. */
export const endFields = {
  until: z
    .string()
    .refine((typed) => typed === "" || isLocal(typed), "Enter a day and a time.")
    .default(""),
  reason: fields.optionalLine(200),
};

export const untilSchema = z.object({
  id: fields.id,
  version: fields.version,
  role: z.uuid("Choose a role."),
  ...endFields,
});

export const editSchema = z.object({ id: fields.id, version: fields.version, name: fields.optionalLine(100), email });

export const passwordSchema = z
  .object({
    id: fields.id,
    new_password: password,
    confirm_new_password: z.string().default(""),
    must_change: fields.checkbox,
  })
  .refine((input) => input.new_password === input.confirm_new_password, {
    path: ["confirm_new_password"],
    message: "The two passwords differ.",
  });

export const oneSchema = z.object({ id: fields.id });
