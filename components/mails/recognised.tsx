import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { InboxMail } from "@/lib/mails/queries";
import { RecognisedRun } from "./recognised-run";

const nothing = {
  waiting: "The mail is being read.",
  digest: "The mail has several results: each of them was made a mail of its own.",
  info: "This is no result of a backup, so it needs no job. Delete it when it was read.",
  unknown: "The result was not recognised. Approved to a job, its run is “Unknown”, never a success.",
  unreadable: "The mail could not be read. Approved to a job, its run is “Unknown”, never a success.",
};

/** What the parser read, and from which words. */
export function Recognised({ mail, timeZone }: { mail: InboxMail; timeZone: string }) {
  return (
    <Card title="Recognised">
      <div className="grid gap-4">
        {mail.kind !== "run" && (
          <Alert tone={mail.kind === "unreadable" || mail.kind === "unknown" ? "warning" : "info"}>
            {mail.error && <p className="font-medium">{mail.error}</p>}
            <p>{nothing[mail.kind]}</p>
          </Alert>
        )}
        {mail.kind !== "digest" &&
          mail.parsed.map((run, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the results of a mail never change their order
            <RecognisedRun key={index} run={run} timeZone={timeZone} />
          ))}
      </div>
    </Card>
  );
}
