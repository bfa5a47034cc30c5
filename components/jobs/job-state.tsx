import { ActionButton } from "@/components/form/action-button";
import { ConfirmButton } from "@/components/form/confirm-button";
import { archiveJob, restoreJob } from "@/lib/jobs/actions";

type Props = { job: { id: string; name: string; archivedAt: Date | null } };

/** Takes a job out of use, and back. */
export function JobState({ job: { id, name, archivedAt } }: Props) {
  if (archivedAt)
    return (
      <ActionButton action={restoreJob} hidden={{ id }}>
        Unarchive
      </ActionButton>
    );
  return (
    <ConfirmButton
      action={archiveJob}
      hidden={{ id }}
      label="Archive"
      question={`Archive ${name}?`}
      confirmLabel="Archive"
    >
      An archived job receives no runs: its mails stay in the Inbox. Its runs leave Run Checks and the dashboard, its
      history is kept, and it can be unarchived at any time.
    </ConfirmButton>
  );
}
