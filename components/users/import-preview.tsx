import { Badge, type Tone } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { PreviewLine } from "@/lib/users/import/prepare";

const results: Record<PreviewLine["result"], { tone: Tone; label: string }> = {
  new: { tone: "success", label: "New" },
  changed: { tone: "info", label: "Changed" },
  unchanged: { tone: "neutral", label: "Unchanged" },
  error: { tone: "danger", label: "Error" },
};

/** Line by line what an import would do. */
export function ImportPreview({ lines }: { lines: PreviewLine[] }) {
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table caption="Import preview" cards>
        <thead>
          <tr>
            <Th align="right">Line</Th>
            <Th>Username</Th>
            <Th>Result</Th>
            <Th>Details</Th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, username, result, details }) => (
            <Tr key={line}>
              <Td align="right" label="Line">
                {line}
              </Td>
              <Td header label="Username">
                {username || "–"}
              </Td>
              <Td label="Result">
                <Badge tone={results[result].tone}>{results[result].label}</Badge>
              </Td>
              <Td label="Details">{details}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
