import Link from "next/link";
import { Card } from "@/components/ui/card";
import { Badge, Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { listParts, type PartRow } from "@/lib/mails/digests";

/** The results that a digest was taken apart into, each with where it is now. */
export async function DigestParts({ id }: { id: string }) {
  const parts = await listParts(id);
  return (
    <Card title="Results">
      <Table caption="Results of the digest" cards>
        <thead>
          <tr>
            <Th>Part</Th>
            <Th>Job</Th>
            <Th>Status</Th>
            <Th>Where it is</Th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <Tr key={part.id}>
              <Td label="Part">{part.part}</Td>
              <Td label="Job" header className="break-words text-left">
                {part.job || "A job without a name"}
              </Td>
              <Td label="Status">
                <Status status={part.status} />
              </Td>
              <Td label="Where it is">
                <Place part={part} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Place({ part: { id, jobId, runId, customer, deletedAt } }: { part: PartRow }) {
  if (deletedAt) return <Badge>Deleted</Badge>;
  if (runId) return <Link href={`/runs/${runId}`}>Run of {customer}</Link>;
  if (jobId) return <Link href={`/jobs/${jobId}`}>Job of {customer}, which had this result already</Link>;
  return <Link href={`/inbox/${id}`}>Inbox</Link>;
}
