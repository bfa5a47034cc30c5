import Link from "next/link";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import { formatDay } from "@/lib/format";
import type { Job } from "@/lib/jobs/detail";

export function JobFacts({ job, timeZone, customerHref }: { job: Job; timeZone: string; customerHref: string | null }) {
  const { customer } = job;
  return (
    <Card title="Job">
      <DescriptionList
        items={[
          {
            term: "Customer",
            value: (
              <>
                {customerHref ? <Link href={customerHref}>{customer.name}</Link> : customer.name}{" "}
                {customer.deactivatedAt && <Badge>Deactivated</Badge>}
              </>
            ),
          },
          { term: "Software", value: job.software || "–" },
          { term: "Host", value: job.host || "–" },
          { term: "Type", value: job.type.name },
          { term: "Kind", value: job.jobType },
          { term: "State", value: job.archivedAt ? `Archived on ${formatDay(job.archivedAt, timeZone)}` : "In use" },
          { term: "Since", value: formatDay(job.createdAt, timeZone) },
          { term: "Notes", value: <span className="whitespace-pre-line">{job.notes || "–"}</span> },
        ]}
      />
    </Card>
  );
}
