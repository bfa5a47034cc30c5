"use client";
import { useEffect, useState } from "react";
import type { TrialAnswer, TriedRow } from "@/lib/filing/try-rule";
import type { MailRule } from "@/lib/mail/rules/types";

const PAUSE_MS = 500;

export type Trial = {
  state: "trying" | "tried" | "failed";
  rows: TriedRow[];
  faults: Record<string, string>;
  says: string;
};

/** Tries the draft on mails of the Inbox, a moment after it was changed; stores nothing. */
export function useTrial(rule: MailRule, mail: string | null): Trial {
  const [trial, setTrial] = useState<Trial>({ state: "trying", rows: [], faults: {}, says: "" });
  const draft = JSON.stringify({ rule: JSON.stringify(rule), mail });

  useEffect(() => {
    const abort = new AbortController();
    setTrial((before) => ({ ...before, state: "trying" }));
    const timer = setTimeout(() => {
      ask(draft, abort.signal).then(setTrial, () => {
        if (!abort.signal.aborted)
          setTrial({ state: "failed", rows: [], faults: {}, says: "The trial failed. Change something to try again." });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [draft]);

  return trial;
}

async function ask(draft: string, signal: AbortSignal): Promise<Trial> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch("/api/mail-rules/try", { method: "POST", body: draft, headers, signal });
  const answer = (await response.json()) as TrialAnswer | { error: string };
  if ("error" in answer) return { state: "failed", rows: [], faults: {}, says: answer.error };
  if ("faults" in answer) return { state: "tried", rows: [], faults: answer.faults, says: "" };
  return { state: "tried", rows: answer.rows, faults: {}, says: "" };
}
