import { Pager } from "@/components/ui/pager";
import { Badge, type Tone } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { Access } from "@/lib/access/can";
import { formatCount, formatMoment } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery, sortLink } from "@/lib/list";
import type { OverrideRow, OverrideSort } from "@/lib/overrides/queries";
import { stateOf } from "@/lib/overrides/rules";
import type { OverrideState } from "@/lib/overrides/types";
import { aboutWhat, messageOf, resultsOf, scopeLabels } from "@/lib/overrides/words";
import { OverrideButtons } from "./override-buttons";
import type { Choices } from "./override-form";

const SOON_MS = 7 * 86_400_000;
const COUNTED = 10_000;
const looks: Record<OverrideState | "soon", { tone: Tone; label: string }> = {
  planned: { tone: "neutral", label: "Planned" },
  active: { tone: "info", label: "Active" },
  soon: { tone: "warning", label: "Ends soon" },
  ended: { tone: "neutral", label: "Ended" },
};

type Props = {
  access: Access;
  page: ListPage<OverrideRow>;
  query: ListQuery<OverrideSort>;
  choices: Choices | null;
  now: Date;
};

export function OverrideTable({ access, page, query, choices, now }: Props) {
  const sort = (by: OverrideSort) => sortLink("/overrides", query, by);
  const moment = (at: Date) => formatMoment(at, access.account.timeZone);
  return (
    <>
      <Table caption="Overrides" cards>
        <thead>
          <tr>
            <Th>Applies to</Th>
            <Th>Treats as success</Th>
            <Th>Reason</Th>
            <Th sort={sort("from")}>From</Th>
            <Th sort={sort("until")}>Until</Th>
            <Th align="right">Runs</Th>
            <Th sort={sort("by")}>By</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <Tr key={row.id}>
              <Td header label="Applies to" className="break-words">
                <span>
                  {aboutWhat(row, row)}
                  {row.scope !== "global" && (
                    <span className="block font-normal text-muted">{scopeLabels[row.scope]}</span>
                  )}
                </span>
              </Td>
              <Td label="Treats as success" className="break-words">
                <span className="min-w-0">
                  {resultsOf(row)}
                  <span className="block text-muted">{messageOf(row)}</span>
                </span>
              </Td>
              <Td label="Reason" className="break-words">
                {row.reason}
              </Td>
              <Td label="From" className="whitespace-nowrap">
                {moment(row.startsAt)}
              </Td>
              <Td label="Until" className="whitespace-nowrap">
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1 sm:grid sm:justify-items-start">
                  {row.endsAt ? moment(row.endsAt) : "No end"} <State row={row} now={now} />
                </span>
              </Td>
              <Td label="Runs" align="right">
                {row.runs > COUNTED ? "10,000+" : row.runs.toLocaleString("en")}
              </Td>
              <Td label="By">{row.createdBy}</Td>
              <Td>
                <OverrideButtons access={access} row={row} choices={choices} now={now} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <Pager
        previousHref={page.previous && hrefOf("/overrides", query, { cursor: page.previous })}
        nextHref={page.next && hrefOf("/overrides", query, { cursor: page.next })}
        summary={`${formatCount(page.rows.length, "override")} shown`}
      />
    </>
  );
}

function State({ row, now }: { row: OverrideRow; now: Date }) {
  const state = stateOf(row, now);
  const endsSoon = state === "active" && row.endsAt && row.endsAt.getTime() - now.getTime() < SOON_MS;
  const { tone, label } = looks[endsSoon ? "soon" : state];
  return <Badge tone={tone}>{label}</Badge>;
}
