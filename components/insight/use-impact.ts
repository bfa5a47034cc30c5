"use client";
import { useEffect, useState } from "react";
import type { Impact } from "@/lib/insight/impact";
import type { RoleDraft } from "@/lib/roles/draft";
import { packed } from "@/lib/roles/wire";

export type ImpactState = { impact: Impact | null; isAsking: boolean; hasFailed: boolean };

const PAUSE_MS = 500;

/**
 * Asks what storing the draft would change, half a second after the last change; an answer about a former draft is thrown away.
 * @param tries counts up to ask again.
 */
export function useImpact(roleId: string | null, draft: RoleDraft, isChanged: boolean, tries: number): ImpactState {
  const [impact, setImpact] = useState<Impact | null>(null);
  const [status, setStatus] = useState<"asking" | "known" | "failed">("asking");
  const { rights, marks } = draft;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a further try asks the same again
  useEffect(() => {
    if (!isChanged) return setImpact(null);
    setStatus("asking");
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask(roleId, { name: "", description: "", rights, marks }, abort.signal).then(
        (answer) => {
          setImpact(answer);
          setStatus("known");
        },
        () => abort.signal.aborted || setStatus("failed"),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [roleId, rights, marks, isChanged, tries]);

  return { impact, isAsking: status === "asking", hasFailed: status === "failed" };
}

async function ask(roleId: string | null, draft: RoleDraft, signal: AbortSignal): Promise<Impact> {
  const address = `/api/roles/impact${roleId ? `?role=${roleId}` : ""}`;
  const response = await fetch(address, { method: "POST", body: packed(draft), signal });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as Impact;
}
