"use server";
import { z } from "zod";
import { UserError } from "../errors";
import { publicAction } from "../public-action";
import { safeNext } from "../redirects";
import { signInWithCookie } from "./next-auth";
import { PASSWORD_MAXIMUM } from "./rules";
import { createFirstAdministrator, setUpSchema } from "./set-up";

const credentials = z.object({
  username: z.string().trim().max(64).default(""),
  password: z
    .string()
    .max(PASSWORD_MAXIMUM * 4)
    .default(""),
  next: z.string().optional(),
});

export const signIn = publicAction(
  credentials,
  async ({ username, password, next }) => {
    if (!(await signInWithCookie(username, password))) throw new UserError("Wrong username or password.");
    return safeNext(next);
  },
  { name: "session.start" },
);

export const setUp = publicAction(
  setUpSchema,
  async (input) => {
    await createFirstAdministrator(input);
    return "/dashboard";
  },
  { name: "account.set_up" },
);
