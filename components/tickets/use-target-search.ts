"use client";
import { useEffect, useState } from "react";
import type { NamedTarget } from "@/lib/tickets/types";

type Search = { found: NamedTarget[] | null; says: string };

const nothing: Search = { found: null, says: "" };
const PAUSE_MS = 200;

/** Asks the server a moment after the last key; an answer to a former text is thrown away. @param jobs ids with spaces between. */
export function useTargetSearch(text: string, jobs: string): Search {
  const [search, setSearch] = useState(nothing);
  const wanted = text.trim();

  useEffect(() => {
    if (!wanted) return setSearch(nothing);
    const abort = new AbortController();
    const timer = setTimeout(() => ask(wanted, jobs, abort.signal).then(setSearch, () => {}), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted, jobs]);

  return search;
}

async function ask(wanted: string, jobs: string, signal: AbortSignal): Promise<Search> {
  const query = new URLSearchParams({ q: wanted, jobs });
  const response = await fetch(`/api/tickets/targets?${query}`, { signal });
  if (!response.ok) return { found: null, says: "The search failed. Try again in a moment." };
  const found = (await response.json()) as NamedTarget[];
  return { found, says: found.length === 0 ? `No customer or job is called "${wanted}".` : "" };
}
