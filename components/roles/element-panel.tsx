"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type AggregateRight, aggregates } from "@/lib/access/registry";
import type { Giving } from "@/lib/roles/queries";
import { ElementChoice } from "./element-choice";

type Props = { right: AggregateRight; giving: Giving; onClose: () => void };

/** What an aggregate right is given for: everything, types, single elements. Changes the draft only. */
export function ElementPanel({ right, giving, onClose }: Props) {
  const entry = aggregates.find((one) => one.right === right);
  if (!entry) return null;
  const done = (
    <Button variant="primary" onClick={onClose}>
      Done
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={entry.label} footer={done}>
      <ElementChoice entry={entry} isWholeGrantable={giving.whole.includes(right)} types={giving.types[right]} />
    </Dialog>
  );
}
