"use client";
import { Upload } from "lucide-react";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea, TextField } from "@/components/ui/field";
import { previewOf, textOf } from "./import-file";
import { ImportPreview, type Preview } from "./import-preview";

/** Customers from a CSV file: choose or paste, look at what would happen line by line, then import all or nothing. */
export function ImportCustomers() {
  const [open, setOpen] = useState(false);
  const [csv, setCsv] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState("");
  const close = () => {
    setOpen(false);
    setCsv("");
    setPreview(null);
    setProblem("");
  };
  const look = async (text: string) => {
    setCsv(text);
    const answer = await previewOf(text);
    setProblem(typeof answer === "string" ? answer : "");
    setPreview(typeof answer === "string" ? null : answer);
  };
  return (
    <>
      <Button icon={<Upload aria-hidden />} onClick={() => setOpen(true)}>
        Import CSV
      </Button>
      <Dialog open={open} onClose={close} title="Import customers">
        <div className="grid gap-4">
          {problem && <Alert tone="danger">{problem}</Alert>}
          {preview ? (
            <ImportPreview
              csv={csv}
              preview={preview}
              onDone={close}
              onBack={() => setPreview(null)}
              onOutdated={() => look(csv)}
            />
          ) : (
            <form
              action={async (form: FormData) => {
                const file = form.get("file");
                const chosen =
                  file instanceof File && file.size > 0 ? await textOf(file) : String(form.get("csv") ?? "");
                await look(chosen);
              }}
              className="grid gap-4"
            >
              <p className="text-muted">
                Columns: <code>name</code>, <code>reference</code>, <code>group</code>, <code>notes</code>. A known name
                (upper and lower case are the same) is changed, a new one added. Nothing is stored before you have seen
                what would happen.
              </p>
              <TextField label="File" name="file" type="file" accept=".csv,text/csv,text/plain" />
              <TextArea
                label="Or paste lines"
                name="csv"
                rows={6}
                defaultValue={csv}
                placeholder="name,reference,group,notes"
              />
              <div className="flex justify-end gap-2">
                <Button onClick={close}>Cancel</Button>
                <Button type="submit" variant="primary">
                  Preview
                </Button>
              </div>
            </form>
          )}
        </div>
      </Dialog>
    </>
  );
}
