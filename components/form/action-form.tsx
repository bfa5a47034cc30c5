"use client";
import { type ComponentProps, createContext, type ReactNode, useActionState, useContext } from "react";
import { useActingKey } from "@/components/acting/acting-context";
import { Alert } from "@/components/ui/alert";
import { Hidden } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import { type ActionState, idle, ROLE_FIELD } from "@/lib/form";

export type FormAction = (previous: ActionState, form: FormData) => Promise<ActionState>;

type Props = {
  action: FormAction;
  children: ReactNode | ((state: ActionState) => ReactNode);
  /** Called once after each success, e.g. to close a dialog. */
  onDone?: (state: ActionState) => void;
  /** Values that the form carries unseen. */
  hidden?: Record<string, string | number | string[]>;
} & Omit<ComponentProps<"form">, "action" | "children" | "hidden">;

const StateContext = createContext<ActionState>(idle);

/** What the last answer of the form around said; `FormText` and its like show their part of it by themselves. */
export const useFormAnswer = (): ActionState => useContext(StateContext);

/**
 * A form around a server action: says in which role its page was rendered, keeps what was typed, shows a refusal where it
 * was caused and a success as a toast.
 */
export function ActionForm({ action, children, onDone, hidden = {}, ...form }: Props) {
  const actingKey = useActingKey();
  const toast = useToast();
  // Told from here, not from an effect: a success often takes the form itself off the page.
  const [state, send] = useActionState(async (previous: ActionState, sent: FormData) => {
    const answer = await action(previous, sent);
    if (answer.status === "done") {
      if (answer.message) toast(answer.message);
      onDone?.(answer);
    }
    return answer;
  }, idle);

  return (
    <StateContext value={state}>
      <form action={send} noValidate {...form}>
        <Hidden name={ROLE_FIELD} value={actingKey} />
        {Object.entries(hidden).flatMap(([name, value]) =>
          [value].flat().map((one) => <Hidden key={`${name} ${one}`} name={name} value={one} />),
        )}
        {(state.status === "refused" || state.errors[""]) && <Alert tone="danger">{state.message}</Alert>}
        {typeof children === "function" ? children(state) : children}
      </form>
    </StateContext>
  );
}
