import { Download } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

/** Everything in one file, and what is not in it. @param mayHave whether the role covers all that is in it. */
export function ExportCard({ mayHave }: { mayHave: boolean }) {
  return (
    <Card title="Export">
      <div className="grid max-w-3xl gap-3">
        <p>
          One file with all customers, jobs, runs, tickets, reports, mails as they came, people with their roles, and
          the audit log: a table is a file of JSON lines, a mail an <code>.eml</code> file. It can be imported into an
          empty installation.
        </p>
        <p className="text-muted">
          Passwords of mailboxes and of the mail server, and the webhook, are not in it and must be typed again.
          Passwords of people are in it as hashes: keep the file as you would keep the database.
        </p>
        {mayHave ? (
          <div>
            <ButtonLink href="/api/data/export" icon={<Download aria-hidden />} download>
              Export everything
            </ButtonLink>
          </div>
        ) : (
          <Alert tone="info">Only a role that covers all customers, resources and reports can have this file.</Alert>
        )}
      </div>
    </Card>
  );
}
