"use client";
import { Badge, Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { TriedRow } from "@/lib/filing/try-rule";
import { formatCount } from "@/lib/format";
import { subjectLabel } from "@/lib/mails/rules";
import type { Trial } from "./use-trial";

type Props = { trial: Trial; isFirst: boolean };

/** What would come out of the mails that wait in the Inbox. */
export function TrialResults({ trial, isFirst }: Props) {
  const matching = trial.rows.filter(({ outcome }) => outcome !== "no");
  return (
    <section aria-label="Tried on mails" className="grid min-w-0 gap-2">
      <h2 className="text-lg">Tried on mails</h2>
      <p role="status" className="text-muted">
        {saysOf(trial, matching.length)}
      </p>
      {matching.length > 0 && (
        <Table caption="Mails of the Inbox that match" cards>
          <thead>
            <tr>
              <Th>Mail</Th>
              <Th>Result</Th>
              <Th>Job</Th>
            </tr>
          </thead>
          <tbody>
            {matching.map((row) => (
              <Tr key={row.id}>
                <Td label="Mail" header className="break-words text-left">
                  <span className="block min-w-0">
                    {subjectLabel(row.subject)}
                    <span className="block font-normal text-muted text-xs">{row.sender}</span>
                    {isReadBefore(row, isFirst) && <Badge tone="warning">A built-in parser reads it first</Badge>}
                  </span>
                </Td>
                <Td label="Result">
                  <Outcome outcome={row.outcome} />
                </Td>
                <Td label="Job" className="break-words">
                  <Names outcome={row.outcome} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function saysOf({ state, rows, faults, says }: Trial, matching: number): string {
  if (says) return says;
  if (state === "trying" && rows.length === 0) return "The rule is being tried.";
  if (Object.keys(faults).length > 0) return "The rule is tried as soon as every field is filled in.";
  if (rows.length === 0) return "The Inbox holds no mails to try it on.";
  return `${matching} of the newest ${formatCount(rows.length, "mail")} match. Nothing is stored by trying.`;
}

const isReadBefore = ({ readBy }: TriedRow, isFirst: boolean): boolean =>
  !isFirst && readBy !== "generic" && readBy !== "none" && !readBy.startsWith("rule:");

function Outcome({ outcome }: Pick<TriedRow, "outcome">) {
  if (outcome === "slow") return <Badge tone="danger">Took too long</Badge>;
  if (outcome === "info" || outcome === "no") return <Badge tone="info">No result</Badge>;
  return <Status status={outcome.run.status} />;
}

function Names({ outcome }: Pick<TriedRow, "outcome">) {
  if (typeof outcome === "string") return "–";
  const { jobName, host, customer } = outcome.run;
  if (!jobName) return <Badge tone="warning">No job name: it stays unknown</Badge>;
  const more = [host, customer].filter(Boolean).join(", ");
  return (
    <span className="block min-w-0">
      {jobName}
      {more && <span className="block text-muted text-xs">{more}</span>}
    </span>
  );
}
