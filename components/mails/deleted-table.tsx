import { Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { Pager } from "@/components/ui/pager";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatMoment } from "@/lib/format";
import { hrefOf, type ListQuery, sortLink } from "@/lib/list";
import type { DeletedPage, DeletedSort } from "@/lib/mails/queries";
import { senderLabel, subjectLabel } from "@/lib/mails/rules";
import { PurgeButton } from "./purge-mails";

type Props = { page: DeletedPage; query: ListQuery<DeletedSort>; timeZone: string };

export function DeletedTable({ page, query, timeZone }: Props) {
  const head = (sort: DeletedSort) => sortLink("/deleted-mails", query, sort);
  return (
    <>
      <Table caption="Deleted mails" cards>
        <thead>
          <tr>
            <Th>
              <span className="sr-only">Selected</span>
            </Th>
            <Th sort={head("deleted")}>Deleted</Th>
            <Th>By</Th>
            <Th sort={head("from")}>From</Th>
            <Th sort={head("subject")}>Subject</Th>
            <Th>Received</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((mail) => (
            <DeletedRow key={mail.id} mail={mail} timeZone={timeZone} />
          ))}
        </tbody>
      </Table>
      <Pager
        previousHref={page.previous && hrefOf("/deleted-mails", query, { cursor: page.previous })}
        nextHref={page.next && hrefOf("/deleted-mails", query, { cursor: page.next })}
        summary={`${page.rows.length} of ${page.total} ${page.total === "1" ? "mail" : "mails"}`}
      />
    </>
  );
}

function DeletedRow({ mail, timeZone }: { mail: DeletedPage["rows"][number]; timeZone: string }) {
  const subject = subjectLabel(mail.subject);
  return (
    <Tr>
      <Td className="sm:w-8">
        <Checkbox name="ids[]" value={mail.id} label={`Select ${subject}`} hideLabel />
      </Td>
      <Td label="Deleted" className="whitespace-nowrap">
        {formatMoment(mail.deletedAt, timeZone)}
      </Td>
      <Td label="By">{mail.deletedBy}</Td>
      <Td label="From" className="sm:max-w-56 sm:truncate" title={senderLabel(mail)}>
        {mail.fromName || mail.fromAddress || "Unknown sender"}
      </Td>
      <Td label="Subject" header className="max-w-xl break-words text-left">
        <a href={`/api/mails/${mail.id}/body`} target="_blank" rel="noreferrer">
          {subject}
        </a>
      </Td>
      <Td label="Received" className="whitespace-nowrap">
        {formatMoment(mail.receivedAt, timeZone)}
      </Td>
      <Td label="Actions">
        <span className="flex flex-wrap gap-1.5 sm:flex-nowrap sm:justify-end">
          <Button
            type="submit"
            name="one"
            value={mail.id}
            size="sm"
            aria-label={`Restore ${subject}`}
            icon={<Undo2 aria-hidden />}
          >
            Restore
          </Button>
          <PurgeButton ids={[mail.id]} what={`“${subject}”`} aria-label={`Delete for good: ${subject}`} />
        </span>
      </Td>
    </Tr>
  );
}
