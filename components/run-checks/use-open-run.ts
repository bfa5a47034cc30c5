"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import type { RunPanelData } from "@/lib/desk-overview/run-panel";

export type OpenRun = {
  id: string | null;
  /** Null closes it. */
  open: (id: string | null) => void;
  /** What was asked for last, while the page is still drawing what was asked for before. */
  wanted: () => string | null;
};

/** Which run stands open beside the list: the address says so (`?run=`), without asking the server for the list again. */
export function useOpenRun(): OpenRun {
  const id = useSearchParams().get("run");
  const wanted = () => new URLSearchParams(window.location.search).get("run");
  const open = (next: string | null) => {
    const address = new URL(window.location.href);
    if (next === null) address.searchParams.delete("run");
    else address.searchParams.set("run", next);
    // Back closes what was opened; going from run to run is one step.
    if (wanted() === null) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  };
  return { id, open, wanted };
}

export type Opened = { id: string; data: RunPanelData | null; problem: string | null };

/** @param version another one asks again. @returns what was answered last, which may be of the run before until the answer comes. */
export function useRunPanel(id: string, version: unknown): Opened | null {
  const [opened, setOpened] = useState<Opened | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is asked for too
  useEffect(() => {
    const gone = new AbortController();
    read(id, gone.signal).then(
      (answer) => gone.signal.aborted || setOpened(answer),
      () => gone.signal.aborted || setOpened({ id, data: null, problem: "The server does not answer. Try again." }),
    );
    return () => gone.abort();
  }, [id, version]);

  return opened;
}

async function read(id: string, signal: AbortSignal): Promise<Opened> {
  const answer = await fetch(`/api/runs/${encodeURIComponent(id)}`, { signal });
  const body = await answer.json();
  return answer.ok ? { id, data: body, problem: null } : { id, data: null, problem: body.error };
}
