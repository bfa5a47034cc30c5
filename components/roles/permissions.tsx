"use client";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { type AggregateRight, isAggregate, rights } from "@/lib/access/registry";
import { hintsOf } from "@/lib/roles/hints";
import { Chosen } from "./chosen";
import { useRoleDraft } from "./draft-context";

type Props = { untold: readonly AggregateRight[]; aside?: ReactNode };

/** The summary of all that is checked. `aside` stands above it: warnings of other parts of the product. */
export function Permissions({ untold, aside }: Props) {
  const { draft, trees, spell } = useRoleDraft();
  const held = rights.filter(({ right }) => draft.rights.includes(right));
  const areas = [...new Set(held.map(({ area }) => area))];
  const hints = untold.length > 0 ? [] : hintsOf(draft);

  return (
    <Card title="Permissions">
      <div className="grid gap-3">
        {hints.length > 0 && (
          <Alert tone="info" title="Does this fit together?">
            <ul className="grid gap-1">
              {hints.map((hint) => (
                <li key={hint}>{hint}</li>
              ))}
            </ul>
          </Alert>
        )}
        {aside}
        {held.length === 0 && (
          <p className="text-muted">Nothing is checked: whoever acts in this role can open nothing.</p>
        )}
        {areas.map((area) => (
          <div key={area}>
            <h3 className="text-muted text-sm">{area}</h3>
            <ul>
              {held
                .filter((entry) => entry.area === area)
                .map(({ right, label }) => {
                  const tree = isAggregate(right) ? trees[right] : undefined;
                  return (
                    <li key={right} className="min-w-0 break-words">
                      {label}{" "}
                      {tree && isAggregate(right) && !untold.includes(right) && <Chosen wording={spell(right, tree)} />}
                      {isAggregate(right) && untold.includes(right) && (
                        <span className="text-muted">(for more than your role covers)</span>
                      )}
                    </li>
                  );
                })}
            </ul>
          </div>
        ))}
      </div>
    </Card>
  );
}
