import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { listParsers } from "@/lib/mail-rules/queries";

type Props = { parsers: Awaited<ReturnType<typeof listParsers>> };

/** The parsers of the product in the order they are asked: the first that knows a mail reads it. */
export function ParserTable({ parsers }: Props) {
  return (
    <Table caption="Built-in parsers" cards>
      <thead>
        <tr>
          <Th align="right">Order</Th>
          <Th>Product</Th>
          <Th>Known by</Th>
          <Th align="right">Last 30 days</Th>
        </tr>
      </thead>
      <tbody>
        {parsers.map(({ id, software, recognisedBy, mails }, index) => (
          <Tr key={id}>
            <Td label="Order" align="right">
              {index + 1}
            </Td>
            <Td label="Product" header className="text-left">
              {software || "Any other"}
            </Td>
            <Td label="Known by" className="max-w-2xl break-words">
              {recognisedBy}
            </Td>
            <Td label="Last 30 days" align="right">
              {mails.toLocaleString("en")}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
