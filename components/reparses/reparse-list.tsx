import Link from "next/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatMoment } from "@/lib/format";
import type { ListedReparse } from "@/lib/reparses/queries";
import { choiceInWords, stateLabels } from "@/lib/reparses/types";

export function ReparseList({ rows, timeZone }: { rows: ListedReparse[]; timeZone: string }) {
  return (
    <Table caption="Read once more lately" cards>
      <thead>
        <tr>
          <Th>Started</Th>
          <Th>Which</Th>
          <Th>By</Th>
          <Th>State</Th>
          <Th align="right">Read</Th>
          <Th align="right">Applied</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, startedAt, choice, startedBy, state, done, total, applied }) => (
          <Tr key={id}>
            <Td label="Started" header className="whitespace-nowrap text-left">
              <Link href={`/settings/parsers/reparses/${id}`} prefetch={false}>
                {formatMoment(startedAt, timeZone)}
              </Link>
            </Td>
            <Td label="Which">{choiceInWords(choice)}</Td>
            <Td label="By">{startedBy}</Td>
            <Td label="State">{stateLabels[state]}</Td>
            <Td label="Read" align="right">
              {done} of {total}
            </Td>
            <Td label="Applied" align="right">
              {applied}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
