"use client";
import { EyeOff, GripVertical } from "lucide-react";
import type { PointerEvent } from "react";
import { cx } from "@/components/ui/cx";
import { Badge } from "@/components/ui/status";
import { type Drop, idOf, type Place } from "@/lib/menus/moving";
import { isGroup, labelOf, titleOf } from "@/lib/menus/types";

type Props = {
  place: Place;
  isSelected: boolean;
  isGrabbed: boolean;
  isNew: boolean;
  /** It would be let go here. */
  drop: Drop["place"] | null;
  onSelect: () => void;
  onDragStart: (event: PointerEvent) => void;
};

const drops = {
  before: "shadow-[inset_0_2px_0_var(--color-accent)]",
  after: "shadow-[inset_0_-2px_0_var(--color-accent)]",
  inside: "outline-2 outline-accent -outline-offset-2",
};

/** A link or a group in the editor. */
export function TreeRow({ place, isSelected, isGrabbed, isNew, drop, onSelect, onDragStart }: Props) {
  const { item, group, index, count } = place;
  const title = isGroup(item) ? null : titleOf(item.page);
  const notes = [isGroup(item) && "group", item.hidden && "hidden", isNew && "new", isGrabbed && "picked up"];
  return (
    <div
      role="treeitem"
      data-id={idOf(item)}
      aria-label={[labelOf(item), ...notes].filter(Boolean).join(", ")}
      aria-level={group ? 2 : 1}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-selected={isSelected}
      tabIndex={isSelected ? 0 : -1}
      onFocus={onSelect}
      onPointerDown={onDragStart}
      className={cx(
        "flex min-h-9 cursor-grab select-none -outline-offset-2 items-center border-line border-b pr-2 last:border-b-0 pointer-coarse:min-h-11",
        group && "pl-6",
        isSelected ? "bg-accent-soft" : "hover:bg-sunken",
        isGrabbed && "outline-2 outline-accent outline-dashed -outline-offset-2",
        drop && drops[drop],
      )}
    >
      <span data-handle className="touch-none self-stretch px-2 text-muted pointer-coarse:px-3">
        <GripVertical aria-hidden className="size-4 h-full" />
      </span>
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 py-1">
        <span
          className={cx(
            "min-w-0 break-words",
            isGroup(item) && "font-semibold",
            item.hidden && "text-muted line-through",
          )}
        >
          {labelOf(item)}
        </span>
        {title !== null && title !== labelOf(item) && <span className="text-muted text-sm">({title})</span>}
        {isNew && <Badge tone="info">New since this menu was stored</Badge>}
        {item.hidden && (
          <span className="inline-flex items-center gap-1 text-muted text-sm">
            <EyeOff aria-hidden className="size-4" />
            Hidden
          </span>
        )}
        {isGroup(item) && item.items.length === 0 && <span className="text-muted text-sm">Empty, so not shown</span>}
      </span>
    </div>
  );
}
