"use client";
import { ArrowDown, ArrowLeftFromLine, ArrowRightToLine, ArrowUp, Eye, EyeOff, Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { labelOf } from "@/lib/menus/types";
import type { Tree } from "./use-tree";

/** What can be done with the chosen row; a button that has nothing to do keeps its place and the focus. */
export function TreeToolbar({ tree }: { tree: Tree }) {
  const { place, group } = tree;
  if (!place) return null;
  const { item, index, count } = place;
  return (
    <div
      role="toolbar"
      aria-label={`Selected: ${labelOf(item)}`}
      className="sticky top-0 z-10 flex flex-wrap items-center gap-0.5 bg-surface py-1"
    >
      <p className="w-full min-w-0 truncate">
        <span className="text-muted">Selected:</span> <b>{labelOf(item)}</b>
      </p>
      <Tool icon={<ArrowUp aria-hidden />} label="Move up" isIdle={index === 0} onClick={() => tree.move("up")} />
      <Tool
        icon={<ArrowDown aria-hidden />}
        label="Move down"
        isIdle={index === count - 1}
        onClick={() => tree.move("down")}
      />
      <Tool
        icon={<ArrowRightToLine aria-hidden />}
        label={group ? `Move into ${group.label}` : "Move into a group"}
        isIdle={!group}
        onClick={() => tree.move("into")}
      />
      <Tool
        icon={<ArrowLeftFromLine aria-hidden />}
        label={place.group ? `Move out of ${place.group.label}` : "Move out of a group"}
        isIdle={!place.group}
        onClick={() => tree.move("out")}
      />
      <Tool icon={<Pencil aria-hidden />} label="Rename" onClick={() => tree.setRenaming(true)} />
      <Tool
        icon={item.hidden ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
        label={item.hidden ? "Show" : "Hide"}
        onClick={tree.turn}
      />
      <Tool icon={<Trash2 aria-hidden />} label="Remove" onClick={tree.remove} />
    </div>
  );
}

type ToolProps = { icon: ReactNode; label: string; isIdle?: boolean; onClick: () => void };

function Tool({ icon, label, isIdle = false, onClick }: ToolProps) {
  return (
    <Button
      variant="ghost"
      size="sm"
      icon={icon}
      title={label}
      aria-disabled={isIdle || undefined}
      onClick={isIdle ? undefined : onClick}
      className="min-w-9 max-sm:min-h-11 max-sm:min-w-11"
    >
      <span className="max-xl:sr-only">{label}</span>
    </Button>
  );
}
