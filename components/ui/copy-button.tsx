"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";

/** Copies a text and says so; `label` tells screen readers what is copied when "Copy" alone would be unclear. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const [copied, setCopied] = useState("");
  const done = copied === text;

  return (
    <Button
      size="sm"
      aria-label={label}
      icon={done ? <Check aria-hidden /> : <Copy aria-hidden />}
      onClick={() => copy(text).then((worked) => setCopied(worked ? text : ""))}
    >
      <span aria-live="polite">{done ? "Copied" : "Copy"}</span>
    </Button>
  );
}

async function copy(text: string): Promise<boolean> {
  // The clipboard is offered on https and localhost only; elsewhere a selection in the page still can be copied.
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  const place = document.querySelector("dialog[open]") ?? document.body;
  place.append(area);
  area.select();
  const worked = document.execCommand("copy");
  area.remove();
  return worked;
}
