"use client";
import { useId, useRef, useState } from "react";
import { FormText } from "@/components/form/form-fields";

const PAUSE = 200; // milliseconds without typing before the server is asked

/** A field for the name of a customer, with suggestions from the server while one types. */
export function CustomerNameField({
  label,
  name,
  defaultValue,
}: {
  label: string;
  name: string;
  defaultValue: string;
}) {
  const listId = useId();
  const [names, setNames] = useState<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const suggest = (typed: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      const response = await fetch(`/api/customers/names?${new URLSearchParams({ q: typed })}`).catch(() => null);
      if (response?.ok) setNames((await response.json()) as string[]);
    }, PAUSE);
  };
  return (
    <>
      <FormText
        label={label}
        name={name}
        defaultValue={defaultValue}
        list={listId}
        required
        maxLength={200}
        autoComplete="off"
        onInput={(event) => suggest(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {names.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
