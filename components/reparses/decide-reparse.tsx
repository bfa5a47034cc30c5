import { ActionButton } from "@/components/form/action-button";
import { ActionForm } from "@/components/form/action-form";
import { FormCheckbox } from "@/components/form/form-fields";
import { Alert } from "@/components/ui/alert";
import { Progress } from "@/components/ui/progress";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatCount } from "@/lib/format";
import { applyReparse, cancelReparse } from "@/lib/reparses/actions";
import type { Reparse } from "@/lib/reparses/queries";

/** How far it is, and what can be decided now. */
export function DecideReparse({ reparse }: { reparse: Reparse }) {
  const { id, state, done, total, applied, changeCount, choice } = reparse;
  const stop = (label: string) => (
    <ActionButton action={cancelReparse} hidden={{ id }}>
      {label}
    </ActionButton>
  );
  return (
    <div className="grid gap-4">
      {(choice.skipped ?? 0) > 0 && (
        <p className="text-muted">{formatCount(choice.skipped, "mail")} without their source were skipped.</p>
      )}
      {state === "reading" && (
        <>
          <Progress label="Mails read" value={done} max={total} />
          {stop("Cancel")}
        </>
      )}
      {state === "applying" && (
        <>
          <Progress label="Changes applied" value={applied} max={changeCount} />
          {stop("Stop")}
        </>
      )}
      {state === "ready" && (
        <>
          <p>
            {formatCount(done, "mail")} read. {formatCount(changeCount, "mail")} would be read differently.
          </p>
          <div className="flex flex-wrap items-start gap-3">
            <ActionForm action={applyReparse} hidden={{ id }} className="flex flex-wrap items-start gap-3">
              <SubmitButton>Apply</SubmitButton>
              <FormCheckbox
                name="also_reviewed"
                label="Also change runs that somebody has reviewed"
                hint="They come up in Run Checks again when their status changes."
              />
            </ActionForm>
            {stop("Cancel")}
          </div>
        </>
      )}
      {state === "applied" && <Alert tone="success">{appliedInWords(changeCount, applied)}</Alert>}
      {state === "cancelled" && (
        <Alert tone="info">Cancelled. {formatCount(applied, "mail")} had been changed before.</Alert>
      )}
    </div>
  );
}

function appliedInWords(changes: number, applied: number): string {
  if (changes === 0) return "Every mail is read as before: there is nothing to change.";
  const left = changes - applied;
  const kept = left > 0 ? ` ${formatCount(left, "mail")} stayed as they were, because their runs are reviewed.` : "";
  return `${formatCount(applied, "mail")} changed.${kept}`;
}
