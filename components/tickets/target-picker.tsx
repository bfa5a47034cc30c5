"use client";
import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { useFormAnswer } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { control } from "@/components/ui/control";
import { cx } from "@/components/ui/cx";
import { Field, Hidden } from "@/components/ui/field";
import { kindWords, writeTarget } from "@/lib/tickets/rules";
import type { NamedTarget } from "@/lib/tickets/types";
import { useTargetSearch } from "./use-target-search";

type Props = { label: ReactNode; hint?: ReactNode; chosen?: NamedTarget[] };

const keyOf = writeTarget;

/** Finds customers and jobs as one types, and objects of the jobs that were chosen; what was chosen goes with the form as `scopes[]`. */
export function TargetPicker({ label, hint, chosen: first = [] }: Props) {
  const [chosen, setChosen] = useState(first);
  const [text, setText] = useState("");
  const jobIds = [...new Set(chosen.flatMap(({ kind, id }) => (kind === "customer" ? [] : id)))];
  const search = useTargetSearch(text, jobIds.join(" "));
  const { errors } = useFormAnswer();
  const listId = useId();
  const offered = (search.found ?? []).filter((one) => !chosen.some((target) => keyOf(target) === keyOf(one)));

  const add = (target: NamedTarget) => {
    setChosen([...chosen, target]);
    setText("");
  };
  // Enter takes the first that was found; it must not send the form with half a name in the field.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (offered[0] && text) add(offered[0]);
  };

  return (
    <div className="grid gap-2">
      <Field label={label} name="target_search" hint={chosen.length === 0 && hint} error={errors.scopes}>
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={
            jobIds.length > 0
              ? "Type the name of a customer, job, or object of it"
              : "Type the name of a customer or job"
          }
          autoComplete="off"
          aria-controls={listId}
          className={cx(control, "min-h-9 w-full min-w-0 px-2.5 py-1")}
        />
      </Field>
      <p role="status" className={cx("text-muted text-sm", !search.says && "sr-only")}>
        {search.says}
      </p>
      <ul id={listId} className={cx("grid", offered.length === 0 && "hidden")}>
        {offered.map((target) => (
          <li key={keyOf(target)}>
            <Button variant="ghost" size="sm" className="w-full justify-start text-left" onClick={() => add(target)}>
              <span className="w-18 shrink-0 text-muted">{kindWords[target.kind]}</span>
              <span className="min-w-0 break-words">{target.label}</span>
            </Button>
          </li>
        ))}
      </ul>
      {chosen.length > 0 && (
        <ul aria-label="Chosen" className="flex flex-wrap gap-1.5">
          {chosen.map((target) => (
            <li
              key={keyOf(target)}
              className="inline-flex min-w-0 items-center gap-1 rounded-md border border-line bg-sunken pl-2 text-sm"
            >
              <Hidden name="scopes[]" value={writeTarget(target)} />
              <span className="min-w-0 break-words">{target.label}</span>
              <Button
                variant="ghost"
                size="sm"
                icon={<X aria-hidden />}
                aria-label={`Remove ${target.label}`}
                onClick={() => setChosen(chosen.filter((one) => keyOf(one) !== keyOf(target)))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
