import { ChevronLeft, ChevronRight } from "lucide-react";
import { PartOf } from "@/components/mails/part-of";
import { ReadingCard } from "@/components/mails/reading-card";
import { Page } from "@/components/page";
import { isOverridable, overrideAddress, ticketAddress } from "@/components/run-checks/addresses";
import { ReviewButton } from "@/components/run-checks/review-button";
import { RunFacts } from "@/components/runs/run-facts";
import { RunMail } from "@/components/runs/run-mail";
import { RunObjects } from "@/components/runs/run-objects";
import { ButtonLink } from "@/components/ui/button";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { formatMoment } from "@/lib/format";
import { readListQuery, type SearchParams } from "@/lib/list";
import { getReading } from "@/lib/mails/readings";
import { getRun, listObjects } from "@/lib/runs/queries";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default async function RunPage({ params, searchParams }: Props) {
  const access = await requirePage("/runs/[id]");
  const { id } = await params;
  const { search, filters } = readListQuery(await searchParams, ["position"], ["objects"]);
  const page = Math.min(Math.max(Math.trunc(Number(filters.objects)) || 1, 1), 10_000);
  const run = await getRun(id);
  const objects = await listObjects(id, search, page);
  const reading = run.mail && (await getReading(run.mail.id));
  const evidence = reading?.evidence ?? [];
  const { timeZone } = access.account;
  return (
    <Page
      access={access}
      title={`${run.job.name}, ${formatMoment(run.ranAt, timeZone)}`}
      actions={
        <>
          {run.previousId && (
            <ButtonLink href={`/runs/${run.previousId}`} icon={<ChevronLeft aria-hidden />}>
              Previous run
            </ButtonLink>
          )}
          {run.nextId && (
            <ButtonLink href={`/runs/${run.nextId}`} icon={<ChevronRight aria-hidden />}>
              Next run
            </ButtonLink>
          )}
          {can(access, "tickets.manage") && <ButtonLink href={ticketAddress(run.id)}>Create ticket</ButtonLink>}
          {can(access, "overrides.manage") && isOverridable(run.status) && (
            <ButtonLink href={overrideAddress(run.id)}>Treat as success</ButtonLink>
          )}
          {can(access, "runs.review") && <ReviewButton runId={run.id} isReviewed={run.reviewedAt !== null} />}
        </>
      }
    >
      <div className="grid gap-4 lg:grid-cols-[minmax(20rem,2fr)_3fr] lg:items-start">
        <RunFacts
          run={run}
          timeZone={timeZone}
          evidence={evidence}
          customerHref={can(access, "customers.view") ? `/customers/${run.customer.id}` : null}
        />
        <RunObjects path={`/runs/${run.id}`} objects={objects} evidence={evidence} search={search} page={page} />
      </div>
      {run.mail && <RunMail mail={run.mail} timeZone={timeZone} />}
      {run.mail && <PartOf id={run.mail.id} />}
      {run.mail && <ReadingCard id={run.mail.id} />}
    </Page>
  );
}
