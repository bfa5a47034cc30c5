"use client";
import { useEffect, useState } from "react";
import type { FoundRow } from "@/lib/insight/rows";

type Search = { found: FoundRow[]; says: string };

const nothing: Search = { found: [], says: "" };
const PAUSE_MS = 200;

/** Asks the server a moment after the last key; an answer to a former text is thrown away. */
export function useRowSearch(right: string, text: string, kind: string): Search {
  const [search, setSearch] = useState(nothing);
  const wanted = text.trim();

  useEffect(() => {
    if (!wanted) return setSearch(nothing);
    const abort = new AbortController();
    const timer = setTimeout(() => ask(right, wanted, kind, abort.signal).then(setSearch, () => {}), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [right, wanted, kind]);

  return search;
}

async function ask(right: string, wanted: string, kind: string, signal: AbortSignal): Promise<Search> {
  const failed = { found: [], says: "The search failed. Try again in a moment." };
  const asked = new URLSearchParams({ right, q: wanted });
  const response = await fetch(`/api/insight/rows?${asked}`, { signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  if (!response?.ok) return failed;
  const found = (await response.json()) as FoundRow[];
  return { found, says: found.length === 0 ? `No ${kind} match "${wanted}", as far as your role covers them.` : "" };
}
