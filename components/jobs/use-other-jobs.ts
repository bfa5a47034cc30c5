"use client";
import { useEffect, useState } from "react";
import type { OtherJob } from "@/lib/filing/merging/queries";

const PAUSE_MS = 200;

type Search = { found: OtherJob[]; says: string };

/** Asks the server a moment after the last key; without a word it finds nothing yet. */
export function useOtherJobs(id: string, text: string, first: OtherJob[]): Search {
  const [search, setSearch] = useState<Search>({ found: first, says: "" });
  const wanted = text.trim();

  useEffect(() => {
    if (!wanted) return setSearch({ found: first, says: "" });
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask<OtherJob[]>({ id, q: wanted }, abort.signal).then(
        (found) => setSearch({ found, says: found.length === 0 ? `No other job is called “${wanted}”.` : "" }),
        () => abort.signal.aborted || setSearch({ found: [], says: "The search failed. Try again in a moment." }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [id, wanted, first]);

  return search;
}

/** @returns what `/api/jobs/merge` answers. @throws when it refuses. */
export async function ask<Answer>(query: Record<string, string>, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(`/api/jobs/merge?${new URLSearchParams(query)}`, { signal });
  if (!response.ok) throw new Error("The server refused.");
  return response.json() as Promise<Answer>;
}
