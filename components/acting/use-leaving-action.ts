"use client";
import { useActionState } from "react";
import { type ActionState, idle } from "@/lib/form";
import { leaveTo } from "./leave";

type Act = (previous: ActionState, form: FormData) => Promise<ActionState>;

/**
 * For actions after which nothing on screen is true any more (another role, no session): leaves for where the answer says.
 * Not from an effect: the new role may take the form itself off the page before effects run.
 * @param address goes there instead of where the answer says.
 */
export function useLeavingAction(action: Act, address?: string) {
  return useActionState(async (previous: ActionState, form: FormData) => {
    const answer = await action(previous, form);
    if (answer.leaveTo) leaveTo(address ?? answer.leaveTo);
    return answer;
  }, idle);
}
