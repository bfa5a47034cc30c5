"use client";
import { type RefObject, useId } from "react";
import { type Items, idOf, placeOf } from "@/lib/menus/moving";
import { isGroup } from "@/lib/menus/types";
import { TreeRow } from "./tree-row";
import { useDrag } from "./use-drag";
import type { Tree } from "./use-tree";

type Props = {
  name: string;
  items: Items;
  newPages: readonly string[];
  tree: Tree;
  list: RefObject<HTMLDivElement | null>;
};

/** The links and groups of a menu in their order: one stop for the Tab key, arrows inside. */
export function MenuTree({ name, items, newPages, tree, list }: Props) {
  const hintId = useId();
  const { dragging, start } = useDrag(list, items, tree.drop);
  const dropAt = (id: string) => (dragging?.drop?.id === id ? dragging.drop.place : null);

  return (
    <>
      {items.length === 0 ? (
        <p className="rounded-md border border-line border-dashed px-4 py-6 text-center text-muted">
          No links, so nothing is shown of this menu. Add a link.
        </p>
      ) : (
        <div
          ref={list}
          role="tree"
          aria-label={`Links of the menu ${name}`}
          aria-describedby={hintId}
          onKeyDown={tree.onKeyDown}
          onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && tree.onBlur()}
          className="overflow-hidden rounded-md border border-line"
        >
          {tree.rows.map((item) => {
            const id = idOf(item);
            const place = placeOf(items, id);
            return (
              place && (
                <TreeRow
                  key={id}
                  place={place}
                  isSelected={id === tree.selected}
                  isGrabbed={dragging?.id === id || (tree.isPickedUp && id === tree.selected)}
                  isNew={!isGroup(item) && newPages.includes(item.page)}
                  drop={dropAt(id)}
                  onSelect={() => tree.setChosen(id)}
                  onDragStart={(event) => start(event, id)}
                />
              )
            );
          })}
        </div>
      )}
      <p id={hintId} className="text-muted text-sm">
        Drag rows to order them. <span className="pointer-coarse:hidden">{KEYS}</span>
      </p>
      <p role="status" className="sr-only">
        {tree.said}
      </p>
    </>
  );
}

const KEYS =
  "Or choose one with the arrow keys; with Alt they move it, right into a group and left out of it. Space picks it up and puts it down, F2 renames, Delete removes.";
