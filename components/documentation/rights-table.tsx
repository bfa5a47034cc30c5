import { Check, Minus } from "lucide-react";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { builtInRoles } from "@/lib/access/registry";
import { type RightRow, rightRows } from "@/lib/documentation/tables";

/** Every right, and which of the built-in roles start with it. */
export function RightsTable({ caption }: { caption: string }) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <Th>Area</Th>
          <Th>Right</Th>
          {builtInRoles.map(({ key, name }) => (
            <Th key={key} align="center">
              {name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rightRows().map((row) => (
          <Row key={row.right} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ row }: { row: RightRow }) {
  return (
    <Tr>
      <Td className="whitespace-nowrap text-muted">{row.area}</Td>
      <Td header className="min-w-52 text-left">
        {row.label}
        <span className="block font-normal text-muted">
          {row.description}
          {row.elements && ` Can be limited to chosen ${row.elements}.`}
        </span>
      </Td>
      {builtInRoles.map(({ key }) => (
        <Td key={key} align="center">
          <Held yes={row.roles.has(key)} />
        </Td>
      ))}
    </Tr>
  );
}

function Held({ yes }: { yes: boolean }) {
  const Icon = yes ? Check : Minus;
  return (
    <>
      <Icon aria-hidden className={yes ? "inline size-4.5 text-success" : "inline size-4 text-muted"} />
      <span className="sr-only">{yes ? "Yes" : "No"}</span>
    </>
  );
}
