"use client";
import { useState } from "react";
import { ConfirmButton } from "@/components/form/confirm-button";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { updateRetention } from "@/lib/retention/actions";
import { daysProblem, deliveriesKeptDays, type Kept, keptKinds, type Retention, shortest } from "@/lib/retention/rules";
import { GoingList, isSomethingGoing } from "./going-list";
import { usePreview } from "./use-preview";

const labels: Record<Kept, string> = { mails: "Keep mails", runs: "Keep runs", audit: "Keep the audit log" };

type Props = { retention: Retention; version: number; timeZone: string };

/** How long things are kept. What will go is counted before anything is stored. */
export function RetentionForm({ retention, version, timeZone }: Props) {
  const stored = typedOf(retention);
  const [typed, setTyped] = useState(stored);
  const problems = keptKinds.filter((kind) => daysProblem(kind, typed[kind]));
  const isChanged = keptKinds.some((kind) => typed[kind].trim() !== stored[kind]);
  const preview = usePreview(isChanged && problems.length === 0 ? new URLSearchParams(typed).toString() : null);
  const isCounted = preview !== null && typeof preview !== "string";
  const isGoing = isCounted && isSomethingGoing(preview);
  return (
    <Card title="How long things are kept">
      <div className="grid max-w-3xl gap-4">
        <div className="grid gap-4 sm:grid-cols-3">
          {keptKinds.map((kind) => (
            <TextField
              key={kind}
              label={labels[kind]}
              name={kind}
              inputMode="numeric"
              autoComplete="off"
              value={typed[kind]}
              onChange={(event) => setTyped({ ...typed, [kind]: event.currentTarget.value })}
              hint={`Days (${shortest[kind]} or more); empty: for ever.`}
              error={daysProblem(kind, typed[kind])}
            />
          ))}
        </div>
        <p className="text-muted">
          Of a mail the content goes; its subject stays beside its run as long as the run is kept. A mail of which no
          run was made goes altogether. Messages that BackupChecks sent are kept {deliveriesKeptDays} days.
        </p>
        {typeof preview === "string" && <Alert tone="danger">{preview}</Alert>}
        {isCounted && (
          <Alert tone={isGoing ? "warning" : "info"} title="What will go">
            <GoingList preview={preview} timeZone={timeZone} />
          </Alert>
        )}
        <div>
          <ConfirmButton
            action={updateRetention}
            hidden={{ ...typed, version }}
            variant="primary"
            disabled={!isCounted}
            label="Save"
            question={isGoing ? "Delete what is older?" : "Delete what becomes older?"}
            confirmLabel={isGoing ? "Save and delete" : "Save"}
          >
            {isCounted && <GoingList preview={preview} timeZone={timeZone} />}
            <p className="mt-2">What goes is gone for good. It is looked for every hour.</p>
          </ConfirmButton>
        </div>
      </div>
    </Card>
  );
}

const typedOf = (retention: Retention): Record<Kept, string> => ({
  mails: String(retention.mails ?? ""),
  runs: String(retention.runs ?? ""),
  audit: String(retention.audit ?? ""),
});
