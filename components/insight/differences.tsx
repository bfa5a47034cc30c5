import { Check, Minus } from "lucide-react";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ComparedRight } from "@/lib/insight/compare";
import type { Comparison } from "@/lib/insight/queries";

/** Two roles side by side: what only one holds, what both hold for different elements, and last what they agree in. */
export function Differences({ of }: { of: Comparison }) {
  const { a, b, onlyA, onlyB, different, same } = of;
  const groups = [
    { title: `Only ${a.name}`, rows: onlyA },
    { title: `Only ${b.name}`, rows: onlyB },
    { title: "Both, but not for the same", rows: different },
    { title: "Both alike", rows: same },
  ].filter(({ rows }) => rows.length > 0);
  const isAlike = onlyA.length + onlyB.length + different.length === 0;
  return (
    <div className="grid gap-3">
      <p role="status">
        {isAlike ? `${a.name} and ${b.name} hold the same.` : `${a.name} and ${b.name} differ in ${count(of)}.`}
      </p>
      {groups.length > 0 && (
        <Table caption={`${a.name} and ${b.name}`} cards>
          <thead>
            <tr>
              <Th className="w-1/5">Right</Th>
              <Th className="w-2/5">{a.name}</Th>
              <Th className="w-2/5">{b.name}</Th>
            </tr>
          </thead>
          {groups.map(({ title, rows }) => (
            <tbody key={title}>
              <Tr className="bg-sunken">
                <th scope="rowgroup" colSpan={3} className="px-3 py-1.5 text-left">
                  {title}
                </th>
              </Tr>
              {rows.map((row) => (
                <ComparedRow key={row.right} row={row} names={[a.name, b.name]} />
              ))}
            </tbody>
          ))}
        </Table>
      )}
    </div>
  );
}

function count({ onlyA, onlyB, different }: Comparison): string {
  const all = onlyA.length + onlyB.length + different.length;
  return all === 1 ? "one right" : `${all} rights`;
}

function ComparedRow({ row, names }: { row: ComparedRight; names: [string, string] }) {
  return (
    <Tr>
      <Td header>{row.label}</Td>
      <Td label={names[0]}>
        <Held scope={row.a} />
      </Td>
      <Td label={names[1]}>
        <Held scope={row.b} />
      </Td>
    </Tr>
  );
}

function Held({ scope }: { scope: string | null }) {
  if (scope === null)
    return (
      <span className="text-muted">
        <Minus aria-hidden className="mr-1 inline size-4" />
        No
      </span>
    );
  return (
    <span className="break-words">
      <Check aria-hidden className="mr-1 inline size-4 text-success" />
      {scope || "Yes"}
    </span>
  );
}
