import Link from "next/link";
import { ConfirmButton } from "@/components/form/confirm-button";
import { Card } from "@/components/ui/card";
import { forgetKey } from "@/lib/filing/merging/actions";
import type { OtherJob } from "@/lib/filing/merging/queries";
import { keyValue } from "@/lib/filing/merging/schema";
import type { Job } from "@/lib/jobs/detail";
import { keyInWords } from "@/lib/jobs/rules";
import { MoveKey } from "./move-key";
import { SplitJob } from "./split-job";

type Props = { job: Job; alike: OtherJob[]; mayManage: boolean };

/** By which mails the job is known: each can be forgotten, moved to another job, or become a job of its own. */
export function JobKeys({ job, alike, mayManage }: Props) {
  const keys = job.keys.map((key) => ({ ...key, value: keyValue(key) }));
  return (
    <Card title="Known by" actions={mayManage && keys.length > 1 && <SplitJob job={job} keys={keys} />}>
      <div className="grid gap-3">
        {keys.length === 0 && <p className="text-muted">No mail is recognised as this job.</p>}
        <ul className="grid gap-3">
          {keys.map(({ matchKey, sender, value }) => {
            const words = `${keyInWords(matchKey)} from ${sender || "any sender"}`;
            return (
              <li key={value} className="flex flex-wrap items-baseline justify-between gap-2">
                <span className="min-w-0 break-words">{words}</span>
                {mayManage && (
                  <span className="flex gap-1.5">
                    <MoveKey jobId={job.id} {...{ matchKey, sender, words, alike }} />
                    <ConfirmButton
                      action={forgetKey}
                      hidden={{ id: job.id, match_key: matchKey, sender }}
                      size="sm"
                      label="Forget"
                      aria-label={`Forget ${words}`}
                      question="Forget this?"
                      confirmLabel="Forget"
                    >
                      <p className="break-words">
                        The next mails with {words} wait in the Inbox again. The runs that are there stay.
                      </p>
                    </ConfirmButton>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
        {alike.length > 0 && (
          <p>
            Looks like{" "}
            {alike.map(({ id, name, customer }, index) => (
              <span key={id}>
                {index > 0 && ", "}
                <Link href={`/jobs/${id}`}>{name}</Link> of {customer}
              </span>
            ))}
            . {mayManage && "Merge them if they are one job."}
          </p>
        )}
      </div>
    </Card>
  );
}
