"use client";
import { X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useFormAnswer } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { control } from "@/components/ui/control";
import { cx } from "@/components/ui/cx";
import { Field, Hidden } from "@/components/ui/field";
import type { Target } from "@/lib/overrides/draft";

type Props = {
  kind: "customer" | "job";
  label: string;
  chosen: Target | null;
  onChoose: (target: Target | null) => void;
  /** Where those are found that may be chosen here. */
  path?: string;
};

/** Finds one customer or job as one types; its id goes with the form under the name of its kind. */
export function TargetField({ kind, label, chosen, onChoose, path = "/api/overrides/targets" }: Props) {
  const [text, setText] = useState("");
  const { found, says } = useSearch(path, kind, text);
  const { errors } = useFormAnswer();
  const listId = useId();
  if (chosen)
    return (
      <div className="grid gap-1">
        <span className="font-medium">{label}</span>
        <span className="flex flex-wrap items-center gap-2">
          <Hidden name={kind} value={chosen.id} />
          <span className="min-w-0 break-words">{chosen.label}</span>
          <Button
            variant="ghost"
            size="sm"
            icon={<X aria-hidden />}
            aria-label={`Choose another ${kind} than ${chosen.label}`}
            onClick={() => onChoose(null)}
          />
        </span>
        {errors[kind] && <p className="text-danger text-sm">{errors[kind]}</p>}
      </div>
    );
  const choose = (target: Target) => {
    setText("");
    onChoose(target);
  };
  // Enter takes the first that was found; it must not send the form with half a name in the field.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (found[0]) choose(found[0]);
  };
  return (
    <div className="grid gap-1">
      <Field label={label} name={`${kind}_search`} error={errors[kind]}>
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={`Type a part of the name`}
          autoComplete="off"
          aria-controls={listId}
          className={cx(control, "min-h-9 w-full min-w-0 px-2.5 py-1")}
        />
      </Field>
      <p role="status" className={cx("text-muted text-sm", !says && "sr-only")}>
        {says}
      </p>
      <ul id={listId} className={cx("grid", found.length === 0 && "hidden")}>
        {found.map((target) => (
          <li key={target.id}>
            <Button variant="ghost" size="sm" className="w-full justify-start text-left" onClick={() => choose(target)}>
              <span className="min-w-0 break-words">{target.label}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Search = { found: Target[]; says: string };
const nothing: Search = { found: [], says: "" };
const PAUSE_MS = 200;

/** Asks the server a moment after the last key; an answer to a former text is thrown away. */
function useSearch(path: string, kind: Props["kind"], text: string): Search {
  const [search, setSearch] = useState(nothing);
  const wanted = text.trim();
  useEffect(() => {
    if (!wanted) return setSearch(nothing);
    const abort = new AbortController();
    const timer = setTimeout(() => ask(path, kind, wanted, abort.signal).then(setSearch, () => {}), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, kind, wanted]);
  return search;
}

async function ask(path: string, kind: Props["kind"], wanted: string, signal: AbortSignal): Promise<Search> {
  const response = await fetch(`${path}?${new URLSearchParams({ kind, q: wanted })}`, { signal });
  if (!response.ok) return { found: [], says: "The search failed. Try again in a moment." };
  const found = (await response.json()) as Target[];
  return { found, says: found.length === 0 ? `No ${kind} is called "${wanted}".` : "" };
}
