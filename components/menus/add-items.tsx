"use client";
import { FolderPlus, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { type Items, pagesIn } from "@/lib/menus/moving";
import { isGroup, linkablePages, type StoredMenuItem } from "@/lib/menus/types";
import { NameDialog } from "./name-dialog";

/** Adds a link to a page that the menu does not link yet, or a group. */
export function AddItems({ items, onAdd }: { items: Items; onAdd: (item: StoredMenuItem) => void }) {
  const [page, setPage] = useState("");
  const [naming, setNaming] = useState(false);
  const linked = pagesIn(items);
  const left = linkablePages.filter(({ path }) => !linked.includes(path));
  const chosen = left.find(({ path }) => path === page)?.path ?? left[0]?.path;

  return (
    <div className="flex flex-wrap gap-2">
      {chosen ? (
        <span className="flex min-w-0 gap-2">
          <Select
            aria-label="Page to link"
            value={chosen}
            onChange={(event) => setPage(event.target.value)}
            options={left.map(({ path, title }) => ({ value: path, label: title }))}
          />
          <Button icon={<Plus aria-hidden />} onClick={() => onAdd({ page: chosen })} className="whitespace-nowrap">
            Add link
          </Button>
        </span>
      ) : (
        <p className="self-center text-muted text-sm">Every page is linked.</p>
      )}
      <Button icon={<FolderPlus aria-hidden />} onClick={() => setNaming(true)}>
        Add group
      </Button>
      {naming && (
        <NameDialog
          title="Add a group"
          name=""
          confirmLabel="Add"
          taken={items.filter(isGroup).map(({ label }) => label)}
          onDone={(label) => onAdd({ label, items: [] })}
          onClose={() => setNaming(false)}
        />
      )}
    </div>
  );
}
