"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { CoveringRole, ResourceType } from "@/lib/resource-types/queries";
import { DissolveType } from "./dissolve-type";
import { RenameType } from "./rename-type";

type Props = { type: ResourceType; others: ResourceType[]; roles: CoveringRole[] | null };
type Open = "rename" | "merge" | "delete" | null;

export function TypeControls({ type, others, roles }: Props) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const about = <span className="sr-only"> {type.name}</span>;
  return (
    <div className="flex flex-wrap gap-2 sm:justify-end">
      <Button size="sm" onClick={() => setOpen("rename")}>
        Rename{about}
      </Button>
      {others.length > 0 && (
        <>
          <Button size="sm" onClick={() => setOpen("merge")}>
            Merge{about}
          </Button>
          <Button size="sm" onClick={() => setOpen("delete")}>
            Delete{about}
          </Button>
        </>
      )}
      {open === "rename" && <RenameType type={type} onClose={close} />}
      {(open === "merge" || open === "delete") && (
        <DissolveType way={open} type={type} others={others} roles={roles} onClose={close} />
      )}
    </div>
  );
}
