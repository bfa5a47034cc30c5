"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, startTransition } from "react";
import { ActionForm, type FormAction } from "@/components/form/action-form";
import { createRole, updateRole } from "@/lib/roles/actions";
import { DRAFT_FIELD, packed } from "@/lib/roles/wire";
import { useRoleDraft } from "./draft-context";

type Props = { version: number; className?: string; children: ReactNode };

/** The form that stores the draft. The fields stand outside of it, for forms empty their fields when they are answered. */
export function StoreForm({ version, className, children }: Props) {
  const { roleId, draft, setErrors, reset, setStep } = useRoleDraft();
  const router = useRouter();

  const send: FormAction = async (previous, form) => {
    form.set(DRAFT_FIELD, packed(draft), "draft.json");
    const answer = await (roleId ? updateRole : createRole)(previous, form);
    setErrors(answer.errors);
    if (answer.errors.name || answer.errors.description) setStep("operations");
    // Somebody else stored it: what they stored is shown beside this.
    if (answer.errors.version) router.refresh();
    return answer;
  };
  const hidden = roleId ? { id: roleId, version } : undefined;
  const onDone = ({ data }: { data?: unknown }) =>
    startTransition(() => {
      reset();
      if (!roleId) router.push(`/settings/roles?role=${(data as { id: string }).id}`);
    });

  return (
    <ActionForm action={send} hidden={hidden} onDone={onDone} className={className}>
      {children}
    </ActionForm>
  );
}
