"use client";
import type { ComponentProps } from "react";
import { Checkbox, SelectField, TextArea, TextField } from "@/components/ui/field";
import { useFormAnswer } from "./action-form";

/** The field's error, and what was typed if it was sent already. */
function useAnswered<V>(name: string, given: V) {
  const { errors, values } = useFormAnswer();
  return { error: errors[name.replace(/\[\]$/, "")], defaultValue: (values[name] as string | undefined) ?? given };
}

export function FormText(props: ComponentProps<typeof TextField>) {
  return <TextField {...props} {...useAnswered(props.name, props.defaultValue)} />;
}

export function FormTextArea(props: ComponentProps<typeof TextArea>) {
  return <TextArea {...props} {...useAnswered(props.name, props.defaultValue)} />;
}

export function FormSelect(props: ComponentProps<typeof SelectField>) {
  const answered = useAnswered(props.name, props.defaultValue);
  return <SelectField key={String(answered.defaultValue)} {...props} {...answered} />;
}

/** A single checkbox, or with a name ending in `[]` one of a group. */
export function FormCheckbox(props: ComponentProps<typeof Checkbox> & { name: string }) {
  const { values, status } = useFormAnswer();
  const sent = status === "invalid" || status === "refused";
  const typed = values[props.name.replace(/\[\]$/, "")];
  const checked = Array.isArray(typed) ? typed.includes(String(props.value)) : typed !== undefined;
  return <Checkbox key={String(sent)} {...props} defaultChecked={sent ? checked : props.defaultChecked} />;
}
