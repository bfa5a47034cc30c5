"use client";
import { useEffect, useState } from "react";
import { ActionForm, useFormAnswer } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Badge, type Tone } from "@/components/ui/status";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { importCustomers } from "@/lib/customers/actions";
import type { PlannedLine } from "@/lib/customers/rules";

export type Preview = { lines: PlannedLine[]; mark: string };
type Result = PlannedLine["result"];
type Props = { csv: string; preview: Preview; onDone: () => void; onBack: () => void; onOutdated: () => void };

const tones: Record<Result, Tone> = { error: "danger", new: "success", changed: "info", unchanged: "neutral" };
const results: Result[] = ["error", "new", "changed", "unchanged"];
const AT_ONCE = 200;

/** What each line would do, errors first, and the button that does it. */
export function ImportPreview({ csv, preview: { lines, mark }, onDone, onBack, onOutdated }: Props) {
  const [limit, setLimit] = useState(AT_ONCE);
  const sorted = results.flatMap((result) => lines.filter((line) => line.result === result));
  const count = (result: Result) => lines.filter((line) => line.result === result).length;
  const isBlocked = count("error") > 0 || count("new") + count("changed") === 0;
  return (
    <ActionForm action={importCustomers} hidden={{ csv, mark }} onDone={onDone} className="grid gap-4">
      <Outdated onOutdated={onOutdated} />
      <p role="status">{results.map((result) => `${count(result)} ${result}`).join(", ")}.</p>
      <Table caption="What would happen">
        <thead>
          <tr>
            <Th align="right">Line</Th>
            <Th>Name</Th>
            <Th>Result</Th>
            <Th>Details</Th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, limit).map(({ line, name, result, detail }) => (
            <Tr key={line}>
              <Td align="right">{line}</Td>
              <Td header>{name || "–"}</Td>
              <Td>
                <Badge tone={tones[result]}>{result}</Badge>
              </Td>
              <Td>{detail}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {sorted.length > limit && (
        <Button onClick={() => setLimit(limit + AT_ONCE)}>{`Show more (${sorted.length - limit} left)`}</Button>
      )}
      {count("error") > 0 && <p>Correct the lines with errors first: all lines are imported, or none.</p>}
      <ButtonRow align="end">
        <Button onClick={onBack}>Back</Button>
        <SubmitButton disabled={isBlocked}>Import</SubmitButton>
      </ButtonRow>
    </ActionForm>
  );
}

/** The import was refused because customers changed meanwhile: look again. */
function Outdated({ onOutdated }: { onOutdated: () => void }) {
  const answer = useFormAnswer();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    if (answer.status === "refused") onOutdated();
  }, [answer]);
  return null;
}
