"use client";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { control } from "@/components/ui/control";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { useFound } from "./use-found";

type Props<Row> = {
  label: string;
  name: string;
  hint?: string;
  error?: string;
  placeholder: string;
  /** See useFound. */
  address: string;
  none: string;
  onChoose: (row: Row) => void;
  /** How a row is shown. */
  children: (row: Row) => ReactNode;
};

/** Finds rows as one types; Enter takes the first that was found. */
export function FindField<Row extends { id: string }>(props: Props<Row>) {
  const { placeholder, address, none, onChoose, children: show, ...field } = props;
  const [text, setText] = useState("");
  const { found, says } = useFound<Row>(address, text, none);
  const listId = useId();

  const choose = (row: Row) => {
    setText("");
    onChoose(row);
  };
  // It must not send the form with half a name in the field.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (found[0]) choose(found[0]);
  };

  return (
    <div className="grid gap-2">
      <Field {...field}>
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={placeholder}
          autoComplete="off"
          aria-controls={listId}
          className={cx(control, "min-h-9 w-full min-w-0 px-2.5 py-1")}
        />
      </Field>
      <p role="status" className={cx("text-muted text-sm", !says && "sr-only")}>
        {says}
      </p>
      <ul id={listId} className={cx("grid", found.length === 0 && "hidden")}>
        {found.map((row) => (
          <li key={row.id}>
            <Button variant="ghost" size="sm" className="w-full justify-start text-left" onClick={() => choose(row)}>
              <span className="min-w-0 break-words">{show(row)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
