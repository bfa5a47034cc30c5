"use client";
import { Eye } from "lucide-react";
import { useActionState } from "react";
import { leaveTo, reloadDocument } from "@/components/acting/leave";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/form";
import { endPreview } from "@/lib/previews/actions";

/** Above every page of a session that looks at the product as a role, with the one way back. */
export function PreviewBanner({ roleName }: { roleName: string }) {
  const [, send] = useActionState(async (previous: ActionState, form: FormData) => {
    const answer = await endPreview(previous, form);
    if (answer.leaveTo) leaveTo(answer.leaveTo);
    // It had ended already: the page on screen is the only thing left of it.
    else reloadDocument();
    return answer;
  }, idle);

  return (
    <section
      aria-label="Preview"
      data-sticks="top"
      className="sticky top-0 z-30 flex items-center justify-between gap-x-4 gap-y-1 border-current/25 border-b bg-warning-soft px-4 py-1.5 text-warning max-sm:flex-wrap md:px-6 print:hidden"
    >
      <p className="min-w-0 text-ink">
        <Eye aria-hidden className="mr-1.5 inline size-4.5 align-[-0.25em] text-warning" />
        <strong className="break-words">Preview as {roleName}:</strong> you see what this role sees, as far as you may
        see it yourself. Nothing can be changed.
      </p>
      <form action={send} className="shrink-0 max-sm:w-full">
        <SubmitButton variant="secondary" className="max-sm:w-full">
          Leave preview
        </SubmitButton>
      </form>
    </section>
  );
}
