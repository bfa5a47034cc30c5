import { Table, Td, Th, Tr } from "@/components/ui/table";
import { pageRows } from "@/lib/documentation/tables";

/** Every page that has an address of its own, and the right that opens it. */
export function PagesTable({ caption }: { caption: string }) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <Th>Page</Th>
          <Th>Address</Th>
          <Th>Needs the right</Th>
        </tr>
      </thead>
      <tbody>
        {pageRows().map(({ path, title, needs }) => (
          <Tr key={path}>
            <Td header className="text-left">
              {title}
            </Td>
            <Td>
              <code>{path}</code>
            </Td>
            <Td>{needs}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
