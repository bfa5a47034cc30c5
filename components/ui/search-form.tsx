"use client";

import { Search } from "lucide-react";
import Form from "next/form";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button";
import { control, type Option } from "./control";
import { cx } from "./cx";
import { Hidden } from "./field";
import { Select } from "./select";

type Props = {
  action: string;
  label?: string;
  name?: string;
  defaultValue?: string;
  placeholder?: string;
  hidden?: Record<string, string>;
  children?: ReactNode;
};

/** A search kept in the address (parameter `q` unless `name` says otherwise); children are FilterSelects beside it. */
export function SearchForm({
  action,
  label = "Search",
  name = "q",
  defaultValue,
  placeholder,
  hidden,
  children,
}: Props) {
  return (
    <Form action={action} prefetch={false} scroll={false} role="search" className="flex flex-wrap items-end gap-2">
      {Object.entries(hidden ?? {}).map(([key, value]) => (
        <Hidden key={key} name={key} value={value} />
      ))}
      <SearchInput label={label} name={name} value={defaultValue ?? ""} placeholder={placeholder} />
      {children}
      <Button type="submit" icon={<Search aria-hidden />}>
        Search
      </Button>
    </Form>
  );
}

type InputProps = { label: string; name: string; value: string; placeholder?: string };

function SearchInput({ label, name, value, placeholder }: InputProps) {
  const input = useFollowing<HTMLInputElement>(value);

  return (
    <input
      ref={input}
      type="search"
      name={name}
      aria-label={label}
      placeholder={placeholder ?? label}
      defaultValue={value}
      autoComplete="off"
      className={cx(control, "min-h-9 min-w-0 flex-[1_1_12rem] px-2.5 py-1 sm:max-w-80")}
    />
  );
}

type FilterProps = { label: string; name: string; options: Option[]; defaultValue?: string };

/** A filter in a SearchForm: sends the form as soon as something is chosen. */
export function FilterSelect({ label, name, options, defaultValue }: FilterProps) {
  const id = useId();
  const select = useFollowing<HTMLSelectElement>(defaultValue ?? "");

  return (
    <div className="grid min-w-0 gap-0.5">
      <label htmlFor={id} className="text-muted text-xs">
        {label}
      </label>
      <Select
        ref={select}
        id={id}
        name={name}
        options={options}
        defaultValue={defaultValue ?? ""}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
        className="max-w-56"
      />
    </div>
  );
}

/** Keeps an uncontrolled control at what the address says, but never overwrites what somebody is typing. */
function useFollowing<T extends HTMLInputElement | HTMLSelectElement>(value: string) {
  const control = useRef<T>(null);

  useEffect(() => {
    const element = control.current;
    const beingTyped = element?.type === "search" && element === document.activeElement;
    if (element && !beingTyped) element.value = value;
  }, [value]);

  return control;
}
