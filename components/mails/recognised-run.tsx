import { DescriptionList } from "@/components/ui/description-list";
import { Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatBytes, formatCount, formatDuration, formatMoment } from "@/lib/format";
import type { ParsedRun } from "@/lib/mail/parse/types";
import { Said } from "./said";

const OBJECTS_SHOWN = 200;

export function RecognisedRun({ run, timeZone }: { run: ParsedRun; timeZone: string }) {
  const facts = [
    { term: "Status", value: <Status status={run.status} />, field: "status" },
    { term: "Message", value: run.message, field: "message" },
    { term: "Software", value: run.software, field: "software" },
    { term: "Customer", value: run.customer, field: "customer" },
    { term: "Job name", value: run.jobName, field: "jobName" },
    { term: "Host", value: run.host, field: "host" },
    { term: "Job type", value: run.jobType, field: "jobType" },
    { term: "Planned for", value: run.scheduledAt && formatMoment(run.scheduledAt, timeZone), field: "scheduledAt" },
    { term: "Started", value: run.startedAt && formatMoment(run.startedAt, timeZone), field: "startedAt" },
    { term: "Ended", value: run.endedAt && formatMoment(run.endedAt, timeZone), field: "endedAt" },
    {
      term: "Duration",
      value: run.durationSeconds !== null && formatDuration(run.durationSeconds),
      field: "durationSeconds",
    },
    { term: "Size", value: run.sizeBytes !== null && formatBytes(run.sizeBytes), field: "sizeBytes" },
    {
      term: "Transferred",
      value: run.transferredBytes !== null && formatBytes(run.transferredBytes),
      field: "transferredBytes",
    },
  ];
  return (
    <div className="grid gap-3">
      <DescriptionList
        items={facts.flatMap(({ term, value, field }) =>
          value
            ? [
                {
                  term,
                  value: (
                    <Said field={field} evidence={run.evidence}>
                      {value}
                    </Said>
                  ),
                },
              ]
            : [],
        )}
      />
      {run.notes.map((note) => (
        <p key={note} className="text-warning">
          {note}
        </p>
      ))}
      <Objects objects={run.objects} evidence={run.evidence} />
    </div>
  );
}

function Objects({ objects, evidence }: Pick<ParsedRun, "objects" | "evidence">) {
  if (objects.length === 0) return null;
  return (
    <details open={objects.length <= 10}>
      <summary className="mb-2 cursor-pointer">{formatCount(objects.length, "object")}</summary>
      <Table caption="Objects" cards>
        <thead>
          <tr>
            <Th>Object</Th>
            <Th>Status</Th>
            <Th align="right">Size</Th>
            <Th align="right">Duration</Th>
            <Th>Message</Th>
          </tr>
        </thead>
        <tbody>
          {objects.slice(0, OBJECTS_SHOWN).map((object, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the objects of a mail never change their order
            <Tr key={index}>
              <Td label="Object" header className="break-words text-left">
                {object.name}
              </Td>
              <Td label="Status">
                <Said field={`objects.${index}`} evidence={evidence}>
                  <Status status={object.status} />
                </Said>
              </Td>
              <Td label="Size" align="right">
                {formatBytes(object.sizeBytes)}
              </Td>
              <Td label="Duration" align="right">
                {formatDuration(object.durationSeconds)}
              </Td>
              <Td label="Message" className="break-words">
                {object.message ?? "–"}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {objects.length > OBJECTS_SHOWN && (
        <p className="mt-1 text-muted text-sm">The first {OBJECTS_SHOWN} are shown.</p>
      )}
    </details>
  );
}
