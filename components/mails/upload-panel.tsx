"use client";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useActingKey } from "@/components/acting/acting-context";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { type Progress as Numbers, useUploads } from "./uploads";

/** What became of the uploaded files, and the place where files can be dropped: the whole page. */
export function UploadPanel() {
  const { progress, clear } = useUploads();
  const dragging = useDroppedFiles();
  const finished = progress !== null && progress.done === progress.total;

  return (
    <>
      {dragging && (
        <div className="pointer-events-none fixed inset-4 z-40 grid place-items-center rounded-lg border-2 border-accent border-dashed bg-accent-soft/90 font-semibold text-lg">
          Drop mails here to upload them
        </div>
      )}
      {progress && (
        <Card
          title="Upload"
          actions={
            finished && (
              <Button variant="ghost" size="sm" aria-label="Close upload" icon={<X aria-hidden />} onClick={clear} />
            )
          }
        >
          <div className="grid gap-2">
            <Progress value={progress.done} max={progress.total} label={finished ? "Uploaded" : "Uploading mails"} />
            <p role="status">{finished ? summary(progress) : ""}</p>
            {progress.refusals.length > 0 && (
              <ul className="max-h-48 list-disc overflow-y-auto pl-5 text-danger">
                {progress.refusals.map(({ id, sentence }) => (
                  <li key={id} className="break-words">
                    {sentence}
                  </li>
                ))}
              </ul>
            )}
          </div>
        </Card>
      )}
    </>
  );
}

function summary({ taken, known, refusals }: Numbers): string {
  const parts = [
    taken === 1 ? "1 mail was taken." : `${taken} mails were taken.`,
    taken > 0 && "Those of known jobs become runs by themselves.",
    known > 0 && (known === 1 ? "1 was here already." : `${known} were here already.`),
    refusals.length > 0 && (refusals.length === 1 ? "1 file was refused:" : `${refusals.length} files were refused:`),
  ];
  return parts.filter(Boolean).join(" ");
}

/** Sends what is dropped anywhere on the page. @returns whether files are being dragged over it. */
function useDroppedFiles(): boolean {
  const { start } = useUploads();
  const actingKey = useActingKey();
  const [dragging, setDragging] = useState(false);

  useEffect(() => {
    const ofFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (!ofFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setDragging(false);
    const drop = (event: DragEvent) => {
      if (!ofFiles(event)) return;
      event.preventDefault();
      setDragging(false);
      start([...(event.dataTransfer?.files ?? [])], actingKey);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, [start, actingKey]);

  return dragging;
}
