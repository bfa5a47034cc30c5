import { Said } from "@/components/mails/said";
import { Card } from "@/components/ui/card";
import { Pager } from "@/components/ui/pager";
import { SearchForm } from "@/components/ui/search-form";
import { Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatBytes, formatCount, formatDuration } from "@/lib/format";
import type { Evidence } from "@/lib/mail/parse/types";
import { OBJECTS_PER_PAGE, type RunObject } from "@/lib/runs/queries";

type Props = {
  path: string;
  objects: { rows: RunObject[]; total: number };
  evidence: readonly Evidence[];
  search: string;
  page: number;
};

const MANY = 20;

/** What the run protected: in trouble first, with a search as soon as there are many. */
export function RunObjects({ path, objects: { rows, total }, evidence, search, page }: Props) {
  const href = (to: number) => `${path}?${new URLSearchParams({ ...(search && { q: search }), objects: String(to) })}`;
  const first = (page - 1) * OBJECTS_PER_PAGE + 1;
  const isEmpty = rows.length === 0;
  return (
    <Card title="Objects">
      <div className="grid gap-3">
        {(total > MANY || search) && <SearchForm action={path} label="Search objects" defaultValue={search} />}
        {isEmpty && <p className="text-muted">{search ? "No object matches." : "The mail names no objects."}</p>}
        {!isEmpty && (
          <Table caption="What the run protected" cards>
            <thead>
              <tr>
                <Th>Name</Th>
                <Th>Result</Th>
                <Th>Message</Th>
                <Th align="right">Size</Th>
                <Th align="right">Duration</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((object) => (
                <Tr key={object.position}>
                  <Td header>{object.name}</Td>
                  <Td label="Result">
                    <Said field={`objects.${object.position}`} evidence={evidence}>
                      <Status status={object.status} />
                    </Said>
                  </Td>
                  <Td label="Message">{object.message ?? "–"}</Td>
                  <Td label="Size" align="right">
                    {formatBytes(object.sizeBytes)}
                  </Td>
                  <Td label="Duration" align="right">
                    {formatDuration(object.durationSeconds)}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
        {total > OBJECTS_PER_PAGE && (
          <Pager
            previousHref={page > 1 ? href(page - 1) : null}
            nextHref={first + rows.length <= total ? href(page + 1) : null}
            summary={`${first} to ${first + rows.length - 1} of ${formatCount(total, "object")}`}
          />
        )}
      </div>
    </Card>
  );
}
