"use client";
import { useEffect, useState } from "react";
import type { NamedTarget } from "@/lib/tickets/types";

type Search = { found: NamedTarget[] | null; says: string };

const nothing: Search = { found: null, says: "" };
const PAUSE_MS = 200;

/** Asks the server a moment after the last key; an answer to a former text is thrown away. */
export function useTargetSearch(text: string): Search {
  const [search, setSearch] = useState(nothing);
  const wanted = text.trim();

  useEffect(() => {
    if (!wanted) return setSearch(nothing);
    const abort = new AbortController();
    const timer = setTimeout(() => ask(wanted, abort.signal).then(setSearch, () => {}), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);

  return search;
}

async function ask(wanted: string, signal: AbortSignal): Promise<Search> {
  const response = await fetch(`/api/tickets/targets?q=${encodeURIComponent(wanted)}`, { signal });
  if (!response.ok) return { found: null, says: "The search failed. Try again in a moment." };
  const found = (await response.json()) as NamedTarget[];
  return { found, says: found.length === 0 ? `No customer or job is called "${wanted}".` : "" };
}
