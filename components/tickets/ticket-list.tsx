import Link from "next/link";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import { type Access, can } from "@/lib/access/can";
import { readListQuery, type SearchParams } from "@/lib/list";
import { draftTicket } from "@/lib/tickets/drafting";
import { getTarget, listAssignees, listTickets, ticketFilters } from "@/lib/tickets/queries";
import { type TicketKind, words } from "@/lib/tickets/rules";
import type { TicketSort } from "@/lib/tickets/types";
import { NewTicket } from "./new-ticket";
import { TicketTable } from "./ticket-table";

type Props = { access: Access; kind: TicketKind; params: SearchParams };

const descriptions = {
  ticket: "Problems being worked on, and what they are about.",
  remark: "Notes about customers and jobs that everybody at the desk should know.",
};

/** The list of one kind, whole: both addresses show the same. */
export async function TicketList({ access, kind, params }: Props) {
  const { one, many, path, resolved } = words[kind];
  const query = readListQuery<TicketSort>(params, ["-created", "code", "title", "by"], ticketFilters);
  const { customer, job, state, assignee } = query.filters;
  const manages = can(access, "tickets.manage");
  const run = manages && typeof params.run === "string" ? params.run : "";
  const object = typeof params.object === "string" ? params.object : "";
  const [page, target, assignees, fromRun] = await Promise.all([
    listTickets(kind, query),
    customer || job ? getTarget({ customer, job }) : null,
    manages ? listAssignees() : [],
    run ? draftTicket(run, object) : null,
  ]);
  const draft = fromRun ?? { title: "", body: "", targets: target ? [target] : [], runId: null };
  return (
    <Page
      access={access}
      title={kind === "ticket" ? "Tickets" : "Remarks"}
      description={descriptions[kind]}
      actions={
        manages && (
          <NewTicket key={run} kind={kind} draft={draft} assignees={assignees} startsOpen={params.new === "1"} />
        )
      }
    >
      <SearchForm
        action={path}
        label={`Search ${many}`}
        defaultValue={query.search}
        hidden={{
          sort: (query.direction === "desc" ? "-" : "") + query.sort,
          ...(customer && { customer }),
          ...(job && { job }),
        }}
      >
        <FilterSelect
          label="State"
          name="state"
          defaultValue={state}
          options={[
            { value: "", label: "Open" },
            { value: "resolved", label: resolved },
            { value: "all", label: "All" },
          ]}
        />
        <FilterSelect
          label="Assignee"
          name="assignee"
          defaultValue={assignee}
          options={[
            { value: "", label: "Anybody" },
            { value: "me", label: "Me" },
            { value: "nobody", label: "Nobody" },
          ]}
        />
      </SearchForm>
      {(customer || job) && (
        <p className="text-sm">
          Only {many} about {target ? <b>{target.label}</b> : "what does not exist any more"}.{" "}
          <Link href={path} prefetch={false}>
            Show all {many}
          </Link>
        </p>
      )}
      {page.rows.length > 0 ? (
        <TicketTable access={access} kind={kind} page={page} query={query} />
      ) : query.search || query.cursor || state || assignee ? (
        <EmptyState title={`No ${one} matches.`} action={<ButtonLink href={path}>Clear the search</ButtonLink>}>
          Another word or another state may find it.
        </EmptyState>
      ) : (
        <EmptyState
          title={`No open ${many}.`}
          action={<ButtonLink href={`${path}?state=all`}>{`Show all ${many}`}</ButtonLink>}
        >
          {manages ? `Add the first with "New ${one}" above.` : "Nothing is being worked on."}
        </EmptyState>
      )}
    </Page>
  );
}
