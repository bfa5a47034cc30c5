import { Alert } from "@/components/ui/alert";
import { EmptyState } from "@/components/ui/empty-state";
import { Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { Access } from "@/lib/access/can";
import type { Cell, Row, Section } from "@/lib/reports/types";
import { CellLink } from "./cell-link";

type TableSection = Extract<Section, { kind: "table" }>;

const MOST_ROWS = 1000;

/** A table of a report; of a very long one the sums, or its beginning. */
export function ReportTable({ access, section }: { access: Access; section: TableSection }) {
  const { title, rows, empty } = section;
  const columns = section.columns.flatMap((column, index) => (column.only === "file" ? [] : [{ ...column, index }]));
  if (columns.length === 0) return null;
  if (rows.length === 0) return <EmptyState title={empty} />;
  const headings = rows.filter(({ isHeading }) => isHeading);
  const tooMany = rows.length > MOST_ROWS;
  const shown = tooMany ? (headings.length > 0 ? headings : rows).slice(0, MOST_ROWS) : rows;
  return (
    <section className="grid gap-2">
      <h2 className="text-lg">{title}</h2>
      {tooMany && (
        <Alert tone="info">
          {(rows.length - headings.length).toLocaleString("en")} rows are too many for one page: below are{" "}
          {headings.length > 0 ? "the sums of the customers" : `the first ${MOST_ROWS.toLocaleString("en")}`}. Choose a
          customer, or export the rows as CSV.
        </Alert>
      )}
      <Table caption={title}>
        <thead>
          <tr>
            {columns.map(({ label, align, index }) => (
              <Th key={index} align={align}>
                {label}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report never change places
            <Tr key={at} className={row.isHeading ? "bg-sunken" : undefined}>
              {columns.map(({ index, align }, place) => (
                <Td
                  key={index}
                  align={align}
                  header={row.isHeading && place === 0}
                  className={classOf(row, place, headings.length > 0, align)}
                >
                  <Content access={access} cell={row.cells[index]} />
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function classOf(row: Row, place: number, isGrouped: boolean, align?: "right"): string | undefined {
  if (isGrouped && !row.isHeading && place === 0) return "pl-7";
  return align === "right" ? "whitespace-nowrap" : undefined;
}

function Content({ access, cell }: { access: Access; cell?: Cell }) {
  if (!cell) return null;
  const text = (
    <CellLink access={access} to={cell.link}>
      {cell.text}
    </CellLink>
  );
  if (!cell.status) return text;
  return (
    <span className="whitespace-nowrap">
      <Status status={cell.status} /> <span className="text-muted">{text}</span>
    </span>
  );
}
