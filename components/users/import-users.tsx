"use client";
import { useEffect, useRef, useState } from "react";
import { ActionForm, useFormAnswer } from "@/components/form/action-form";
import { FormTextArea } from "@/components/form/form-fields";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatCount } from "@/lib/format";
import { importUsers } from "@/lib/users/import/actions";
import type { Imported } from "@/lib/users/import/apply";
import { ImportPreview } from "./import-preview";
import { NewPasswords } from "./new-passwords";
import { type Preview, usePreview } from "./use-preview";

export function ImportUsers() {
  const [made, setMade] = useState<Imported | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const preview = usePreview(() => form.current?.querySelector("textarea")?.value ?? "");

  return (
    <Card title="Import users">
      {made && <NewPasswords made={made} onClose={() => setMade(null)} />}
      <div ref={form}>
        <ActionForm
          action={importUsers}
          hidden={{ fingerprint: preview.found?.fingerprint ?? "" }}
          onDone={({ data }) => {
            const imported = data as Imported;
            setMade(imported.passwords.length > 0 ? imported : null);
            preview.clear();
          }}
          className="grid gap-4"
        >
          <Source onChange={preview.clear} />
          {preview.problem && <Alert tone="danger">{preview.problem}</Alert>}
          <div className="flex flex-wrap gap-2">
            <Button onClick={preview.load} aria-disabled={preview.isLoading || undefined}>
              Preview
            </Button>
          </div>
          {preview.found && <Apply preview={preview.found} onRefused={preview.load} />}
        </ActionForm>
      </div>
    </Card>
  );
}

function Source({ onChange }: { onChange: () => void }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const take = async (file: File | undefined) => {
    if (!file || !area.current) return;
    area.current.value = await file.text();
    onChange();
  };
  return (
    <>
      <FormTextArea
        ref={area}
        label="CSV"
        name="csv"
        rows={5}
        spellCheck={false}
        className="font-mono"
        placeholder={"username,name,email,roles\noto,Oto Novak,oto@example.com,Operator|Reporter"}
        hint="The first line names the columns: username, name, email, roles (several separated by |). New users get a password that they must change. At most 2,000 lines."
        onChange={onChange}
      />
      <Field label="Or choose a file" name="file">
        {/* Without a name it is not sent: its text goes into the field above. */}
        {({ name: _, ...wiring }) => (
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => void take(event.target.files?.[0])}
            className="max-w-full file:mr-3 file:min-h-9 file:rounded-md file:border file:border-edge file:border-solid file:bg-surface file:px-3 file:text-ink"
            {...wiring}
          />
        )}
      </Field>
    </>
  );
}

function Apply({ preview, onRefused }: { preview: Preview; onRefused: () => void }) {
  const count = (result: string) => preview.lines.filter((line) => line.result === result).length;
  const changes = count("new") + count("changed");
  useReloadWhenRefused(onRefused);
  return (
    <>
      <ImportPreview lines={preview.lines} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton disabled={changes === 0 || count("error") > 0}>
          Import {formatCount(changes, "user")}
        </SubmitButton>
        <p className="text-muted text-sm">
          {count("new")} new, {count("changed")} changed, {count("unchanged")} unchanged, {count("error")} with errors.
          {count("error") > 0 && " Correct them first: all lines are imported, or none."}
        </p>
      </div>
    </>
  );
}

/** What was looked at is not true any more: the new preview takes its place. */
function useReloadWhenRefused(reload: () => void): void {
  const answer = useFormAnswer();
  const handled = useRef(answer);
  useEffect(() => {
    if (answer.status !== "refused" || handled.current === answer) return;
    handled.current = answer;
    reload();
  }, [answer, reload]);
}
