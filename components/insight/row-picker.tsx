"use client";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { control } from "@/components/ui/control";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { type Asked, hrefOfAsked } from "@/lib/insight/asked";
import { useRowSearch } from "./use-row-search";

type Props = { userId: string; asked: Asked; kind: string; chosen: string };

/** Chooses the row that is asked about, among those that who asks covers. */
export function RowPicker({ userId, asked, kind, chosen }: Props) {
  const [text, setText] = useState("");
  const { found, says } = useRowSearch(asked.right ?? "", text, kind);
  const router = useRouter();
  const listId = useId();

  const choose = (element: string) => {
    setText("");
    router.push(hrefOfAsked(userId, { ...asked, element }), { scroll: false });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !found[0]) return;
    event.preventDefault();
    choose(found[0].id);
  };

  return (
    <div className="grid gap-2">
      <Field label={`One of the ${kind}`} name="element_search" hint="Leave it empty to ask about the right as such.">
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={`Type a name among the ${kind}`}
          autoComplete="off"
          aria-controls={listId}
          className={cx(control, "min-h-9 w-full min-w-0 px-2.5 py-1")}
        />
      </Field>
      <p role="status" className={cx("text-muted text-sm", !says && "sr-only")}>
        {says}
      </p>
      <ul id={listId} className={cx("grid", found.length === 0 && "hidden")}>
        {found.map(({ id, name, detail }) => (
          <li key={id}>
            <Button variant="ghost" size="sm" className="w-full justify-start text-left" onClick={() => choose(id)}>
              <span className="min-w-0 break-words">
                {name} {detail && <span className="text-muted">{detail}</span>}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {asked.element && (
        <p className="flex min-w-0 items-center gap-1">
          <span className="min-w-0 break-words font-medium">{chosen || "Unknown"}</span>
          <Button
            variant="ghost"
            size="sm"
            icon={<X aria-hidden />}
            aria-label={`Do not ask about ${chosen || "this one"}`}
            onClick={() => choose("")}
          />
        </p>
      )}
    </div>
  );
}
