"use client";
import { useState } from "react";
import { NOTHING } from "@/lib/access/marks";
import type { aggregates } from "@/lib/access/registry";
import type { TypeView } from "@/lib/roles/elements";
import { elementToggled, exceptionsOf, rootExtent, rootToggled, typeToggled } from "@/lib/roles/marking";
import type { NamedElement } from "@/lib/roles/wording";
import { useRoleDraft } from "./draft-context";
import { ElementRows } from "./element-rows";
import { ElementSearch } from "./element-search";
import { moveByArrows } from "./move-by-arrows";
import { TriCheckbox } from "./tri-checkbox";
import { TypeRow } from "./type-row";

type Props = { entry: (typeof aggregates)[number]; isWholeGrantable: boolean; types: TypeView[] };

/** The tree of an aggregate right: everything, the types, in each its elements; or what a search finds. */
export function ElementChoice({ entry: { right, aggregate }, isWholeGrantable, types }: Props) {
  const { trees, setTree, elementOf } = useRoleDraft();
  const [search, setSearch] = useState("");
  const [count, setCount] = useState<number | null>(null);
  const tree = trees[right] ?? NOTHING;
  const typeOf = (id: string) => elementOf(id)?.type;
  const exceptions = exceptionsOf(tree, typeOf);
  const toggle = (element: NamedElement) => setTree(right, elementToggled(tree, element), [element]);
  const typeName = (type: string) => types.find((one) => one.type === type)?.name ?? aggregate.untyped;

  return (
    <fieldset aria-label={aggregate.elements} className="grid min-w-0 gap-3" onKeyDown={moveByArrows}>
      <TriCheckbox
        label="All, also future ones"
        extent={rootExtent(tree)}
        disabled={!isWholeGrantable}
        title={isWholeGrantable ? undefined : "Your role covers only part of this."}
        onChange={() => setTree(right, rootToggled(tree))}
      />
      <ElementSearch
        right={right}
        words={aggregate}
        search={search}
        onSearch={setSearch}
        count={search ? count : null}
        isWholeGrantable={isWholeGrantable}
      />
      {search ? (
        <ElementRows
          key={search}
          of={{ right, type: null, search }}
          tree={tree}
          onToggle={toggle}
          typeName={typeName}
          onCount={setCount}
        />
      ) : (
        <ul aria-label={aggregate.types} className="grid gap-0.5">
          {types.map((type) => (
            <TypeRow
              key={type.type}
              right={right}
              type={type}
              tree={tree}
              exceptions={exceptions}
              onToggleType={(one) => setTree(right, typeToggled(tree, one, typeOf))}
              onToggle={toggle}
            />
          ))}
        </ul>
      )}
    </fieldset>
  );
}
