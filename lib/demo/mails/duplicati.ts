import type { Outcome } from "../types";
import { message } from "./message";

const verdicts = { success: "Success", warning: "Warning", failed: "Error", unknown: "Unknown" };

/** @returns Duplicati's report in its default text form. */
export function duplicatiMail(outcome: Outcome): Uint8Array {
  const { job, status, startedAt, endedAt } = outcome;
  const listed = (wanted: string) => (status === wanted ? `[\n    ${outcome.message}\n]` : "[]");
  const text = `DeletedFiles: 0
DeletedFolders: 0
ModifiedFiles: ${outcome.durationSeconds % 97}
ExaminedFiles: ${outcome.durationSeconds * 7}
OpenedFiles: ${outcome.durationSeconds % 131}
AddedFiles: ${outcome.durationSeconds % 34}
SizeOfModifiedFiles: ${Math.round(outcome.transferredBytes / 2)}
SizeOfAddedFiles: ${Math.round(outcome.transferredBytes / 2)}
SizeOfExaminedFiles: ${outcome.sizeBytes}
SizeOfOpenedFiles: ${outcome.transferredBytes}
PartialBackup: False
Dryrun: False
MainOperation: Backup
ParsedResult: ${verdicts[status]}
Version: 2.1.0.5 (2.1.0.5_stable_2025-03-04)
EndTime: ${local(endedAt)}
BeginTime: ${local(startedAt)}
Duration: ${new Date(outcome.durationSeconds * 1000).toISOString().slice(11, 19)}.4713820
MessagesActualLength: 12
WarningsActualLength: ${status === "warning" ? 1 : 0}
ErrorsActualLength: ${status === "failed" ? 1 : 0}
Warnings: ${listed("warning")}
Errors: ${listed("failed")}
BytesDownloaded: 0
BytesUploaded: ${outcome.transferredBytes}
`;
  return message({
    from: job.sender,
    subject: `Duplicati Backup report for ${job.name}`,
    sentAt: new Date(endedAt.getTime() + 4000),
    text,
  });
}

/** "11/16/2026 1:12:05 AM (1763255525)": the local time, and the seconds since 1970. */
function local(moment: Date): string {
  const text = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", dateStyle: "short", timeStyle: "medium" }).format(
    moment,
  );
  return `${text.replace(",", "").replace(/\u202f/g, " ")} (${Math.floor(moment.getTime() / 1000)})`;
}
