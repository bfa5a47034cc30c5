"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { coversType, type Tree } from "@/lib/access/marks";
import type { AggregateRight } from "@/lib/access/registry";
import type { TypeView } from "@/lib/roles/elements";
import { type Extent, typeExtent } from "@/lib/roles/marking";
import type { NamedElement } from "@/lib/roles/wording";
import { ElementRows } from "./element-rows";
import { TriCheckbox } from "./tri-checkbox";

type Props = {
  right: AggregateRight;
  type: TypeView;
  tree: Tree;
  exceptions: ReadonlyMap<string, number>;
  onToggleType: (type: string) => void;
  onToggle: (element: NamedElement) => void;
};

/** One type: all of it with one click, and its elements when it is opened. */
export function TypeRow({
  right,
  type: { type, name, count, grantable },
  tree,
  exceptions,
  onToggleType,
  onToggle,
}: Props) {
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const extent = typeExtent(tree, type, exceptions);
  const Arrow = isOpen ? ChevronDown : ChevronRight;

  return (
    <li
      data-type-row
      onKeyDown={(event) => {
        const isHead = !(event.target as HTMLElement).closest("[data-elements]");
        if (isHead && (event.key === "ArrowRight" || event.key === "ArrowLeft"))
          setOpen(event.key === "ArrowRight" && count > 0);
      }}
    >
      <div className="flex flex-wrap items-center gap-x-2">
        <Button
          variant="ghost"
          size="sm"
          aria-label={isOpen ? `Close ${name}` : `Open ${name}`}
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          disabled={count === 0}
          icon={<Arrow aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        />
        <TriCheckbox
          label={name}
          extent={extent}
          disabled={!grantable}
          title={grantable ? undefined : "Your role covers only part of this."}
          onChange={() => onToggleType(type)}
        />
        <span className="text-muted text-sm">
          {told(count, extent, coversType(tree, type), exceptions.get(type) ?? 0)}
        </span>
      </div>
      {isOpen && (
        <div id={listId} data-elements className="ml-9 pointer-coarse:ml-4">
          <ElementRows of={{ right, type, search: "" }} tree={tree} onToggle={onToggle} />
        </div>
      )}
    </li>
  );
}

/** @returns "12, all except 1" or "12, 2 chosen". */
function told(count: number, extent: Extent, isIncluded: boolean, exceptions: number): string {
  const all = count.toLocaleString("en");
  if (extent !== "some") return all;
  return isIncluded ? `${all}, all except ${exceptions}` : `${all}, ${exceptions} chosen`;
}
