import Link from "next/link";
import { Checkbox } from "@/components/ui/field";
import { Pager } from "@/components/ui/pager";
import { Badge } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { type Suggestion, suggestedBecause } from "@/lib/filing/suggest";
import { formatMoment } from "@/lib/format";
import { hrefOf, type ListQuery, sortLink } from "@/lib/list";
import type { InboxPage, InboxSort } from "@/lib/mails/queries";
import { senderLabel, subjectLabel } from "@/lib/mails/rules";
import { MailResult } from "./kind-badge";

type Props = {
  page: InboxPage;
  suggestions: (Suggestion | null)[];
  query: ListQuery<InboxSort>;
  timeZone: string;
  selectable: boolean;
};

export function InboxList({ page, suggestions, query, timeZone, selectable }: Props) {
  const head = (sort: InboxSort) => sortLink("/inbox", query, sort);
  return (
    <>
      <Table caption="Mails without a job" cards>
        <thead>
          <tr>
            {selectable && (
              <Th>
                <span className="sr-only">Selected</span>
              </Th>
            )}
            <Th sort={head("received")}>Received</Th>
            <Th sort={head("from")}>From</Th>
            <Th sort={head("subject")}>Subject</Th>
            <Th>Software</Th>
            <Th>Result</Th>
            <Th>Suggestion</Th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((mail, index) => (
            <Tr key={mail.id}>
              {selectable && (
                <Td className="sm:w-8">
                  <Checkbox name="ids[]" value={mail.id} label={`Select ${subjectLabel(mail.subject)}`} hideLabel />
                </Td>
              )}
              <Td label="Received" className="whitespace-nowrap">
                <time dateTime={mail.receivedAt.toISOString()}>{formatMoment(mail.receivedAt, timeZone)}</time>
              </Td>
              <Td label="From" className="sm:max-w-56 sm:truncate" title={senderLabel(mail)}>
                {mail.fromName || mail.fromAddress || "Unknown sender"}
              </Td>
              <Td label="Subject" header className="max-w-xl break-words text-left">
                <Link href={`/inbox/${mail.id}`} prefetch={false}>
                  {subjectLabel(mail.subject)}
                </Link>
                {mail.alert && <span className="line-clamp-2 block text-muted">{mail.alert}</span>}
              </Td>
              <Td label="Software">{mail.software || "–"}</Td>
              <Td label="Result">
                <MailResult {...mail} />
              </Td>
              <Td label="Suggestion">
                <SuggestionText suggestion={suggestions[index] ?? null} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <Pager
        previousHref={page.previous && hrefOf("/inbox", query, { cursor: page.previous })}
        nextHref={page.next && hrefOf("/inbox", query, { cursor: page.next })}
        summary={`${page.rows.length} of ${page.total} ${page.total === "1" ? "mail" : "mails"}`}
      />
    </>
  );
}

function SuggestionText({ suggestion }: { suggestion: Suggestion | null }) {
  if (!suggestion) return "–";
  return (
    <span title={suggestedBecause[suggestion.by]}>
      {suggestion.by === "alike" && <span className="text-muted">Looks like </span>}
      {suggestion.customer}
      {suggestion.by === "named" && " "}
      {suggestion.by === "named" && <Badge tone="info">New</Badge>}
      {suggestion.job && <span className="text-muted"> · {suggestion.job}</span>}
    </span>
  );
}
