"use client";
import { useState } from "react";
import { useFormAnswer } from "@/components/form/action-form";
import { TextField } from "@/components/ui/field";
import type { OtherJob } from "@/lib/filing/merging/queries";
import { useOtherJobs } from "./use-other-jobs";

type Props = { id: string; alike: OtherJob[]; onChoose?: (job: OtherJob) => void };

/** Finds another job by name, host or customer; the chosen one goes with the form as `into`. */
export function ChooseOtherJob({ id, alike, onChoose }: Props) {
  const [text, setText] = useState("");
  const { found, says } = useOtherJobs(id, text, alike);
  const { errors } = useFormAnswer();
  return (
    <div className="grid gap-2">
      <TextField
        label="Find the job"
        name="job_search"
        type="search"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        // Enter must not send the form before a job was chosen.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        hint={alike.length > 0 ? "Those below look like the same job." : "By its name, its host or its customer."}
        error={errors.into}
      />
      <p role="status" className={says ? "text-muted text-sm" : "sr-only"}>
        {says}
      </p>
      {found.length > 0 && (
        <fieldset className="grid max-h-60 gap-0.5 overflow-y-auto rounded-md border border-line p-2">
          <legend className="sr-only">Jobs</legend>
          {found.map((job) => (
            <label
              key={job.id}
              className="flex items-baseline gap-2 rounded px-1 py-1 hover:bg-sunken pointer-coarse:min-h-11"
            >
              <input
                type="radio"
                name="into"
                value={job.id}
                onChange={() => onChoose?.(job)}
                className="accent-accent"
              />
              <span className="min-w-0 break-words">
                {job.name}{" "}
                <span className="text-muted text-sm">
                  {[job.customer, job.host, job.software].filter(Boolean).join(", ")}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
