import { Card } from "@/components/ui/card";
import { type Access, can } from "@/lib/access/can";
import { listCustomerNames, listJobsOf, listResourceTypes, listSuggestions } from "@/lib/filing/queries";
import { suggestedBecause, suggestedType } from "@/lib/filing/suggest";
import type { InboxMail } from "@/lib/mails/queries";
import { ApproveForm } from "./approve-form";

/** The form of the approval, filled in with what the mail says and what is known of its like. */
export async function Approval({ access, mail }: { access: Access; mail: InboxMail }) {
  const run = mail.parsed[0];
  const [[suggestion], types] = await Promise.all([
    listSuggestions([
      {
        matchKey: mail.matchKey,
        host: run?.host ?? null,
        customer: run?.customer ?? null,
        fromAddress: mail.fromAddress,
      },
    ]),
    listResourceTypes(),
  ]);
  const customer = suggestion?.customer ?? "";
  const isKnown = suggestion && suggestion.by !== "named";
  const [names, jobs] = isKnown ? [[customer], await listJobsOf(customer)] : [await listCustomerNames(""), null];
  return (
    <Card title="Approve">
      {suggestion && <p className="mb-3 text-muted text-sm">{suggestedBecause[suggestion.by]}</p>}
      <ApproveForm
        mail={mail.id}
        prefilled={{
          customer,
          job: suggestion?.jobId ?? "",
          name: run?.jobName || (mail.parsed.length > 0 ? mail.subject : ""),
          software: run?.software ?? "",
          host: run?.host ?? "",
          jobType: run?.jobType || "backup",
          resourceType: suggestedType(types, run?.resourceType ?? "")?.id ?? "",
        }}
        names={names}
        jobs={jobs}
        resourceTypes={types.map(({ id, name }) => ({ value: id, label: name }))}
        mayAddCustomers={can(access, "customers.manage")}
        mayAddJobs={can(access, "jobs.manage") && types.length > 0}
      />
    </Card>
  );
}
