import { z } from "zod";
import { normalised, PASSWORD_MAXIMUM } from "../auth/rules";
import { fields } from "../form";

const typed = z
  .string()
  .max(PASSWORD_MAXIMUM * 4, `Use at most ${PASSWORD_MAXIMUM} characters.`)
  .default("");

export const profileSchema = z.object({
  version: fields.version,
  name: fields.optionalLine(100),
  email: z
    .union([z.literal(""), z.email("Enter an e-mail address such as name@example.com.").max(254)])
    .default("")
    .transform((value) => value || null),
  /** Asked for when the e-mail address changes. */
  current_password: typed,
});

export const changePasswordSchema = z
  .object({
    current_password: typed.pipe(z.string().min(1, "Enter your current password.")),
    new_password: typed.pipe(z.string().min(1, "Enter a new password.")),
    confirm_new_password: typed,
  })
  .superRefine(({ current_password, new_password, confirm_new_password }, { addIssue }) => {
    const wrong = (field: string, message: string) => addIssue({ code: "custom", path: [field], message });
    if (new_password !== confirm_new_password) wrong("confirm_new_password", "The two passwords differ.");
    if (normalised(new_password) === normalised(current_password)) {
      wrong("new_password", "This is the password you have now. Choose another one.");
    }
  });
