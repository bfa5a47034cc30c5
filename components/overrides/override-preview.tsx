"use client";
import { type RefObject, useEffect, useState } from "react";
import type { Preview } from "@/lib/overrides/drafting";

const PAUSE_MS = 300;

/** Says how many runs the form, as it is now, would treat as successes. @param change differs whenever something was changed. */
export function OverridePreview({ form, change }: { form: RefObject<HTMLFormElement | null>; change: number }) {
  const [says, setSays] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the form is what this waits for
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      if (form.current) ask(form.current, abort.signal).then(setSays, () => {});
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [change]);
  return (
    <p role="status" className="min-h-6 text-sm">
      {says}
    </p>
  );
}

const ASKED = ["scope", "software", "customer", "job", "object", "statuses[]", "match", "match_text"];

async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<string> {
  const fields = [...new FormData(form)].filter(([name]) => ASKED.includes(name));
  const query = new URLSearchParams(fields.map(([name, value]) => [name, String(value)]));
  const response = await fetch(`/api/overrides/preview?${query}`, { signal });
  const preview = response.ok ? ((await response.json()) as Preview | null) : null;
  return preview ? inWords(preview) : "";
}

function inWords({ treated, of }: Preview): string {
  if (of === 0) return "There was no such run in the last 30 days.";
  const runs = of === 1 ? "run" : "runs";
  return `Would treat ${treated.toLocaleString("en")} of the ${of.toLocaleString("en")} ${runs} of the last 30 days as success.`;
}
