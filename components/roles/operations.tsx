"use client";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { type AggregateRight, rights } from "@/lib/access/registry";
import type { Giving } from "@/lib/roles/queries";
import { ElementPanel } from "./element-panel";
import { RightRow } from "./right-row";

type Props = { giving: Giving; isReadOnly: boolean; untold: readonly AggregateRight[] };

const areas = [...new Set(rights.map(({ area }) => area))];

/** Every right as a checkbox, grouped by area. */
export function Operations({ giving, isReadOnly, untold }: Props) {
  const [opened, setOpened] = useState<AggregateRight | null>(null);

  return (
    <Card title="Operations">
      <div className="gap-6 xl:columns-2">
        {areas.map((area) => (
          <fieldset key={area} className="mb-4 grid min-w-0 break-inside-avoid gap-1.5">
            <legend className="mb-1 font-semibold">{area}</legend>
            {rights
              .filter((entry) => entry.area === area)
              .map((entry) => (
                <RightRow
                  key={entry.right}
                  entry={entry}
                  isReadOnly={isReadOnly}
                  isHeld={giving.rights.includes(entry.right)}
                  isTold={!untold.some((right) => right === entry.right)}
                  onOpen={setOpened}
                />
              ))}
          </fieldset>
        ))}
      </div>
      {opened && <ElementPanel right={opened} giving={giving} onClose={() => setOpened(null)} />}
    </Card>
  );
}
