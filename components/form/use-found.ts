"use client";
import { useEffect, useState } from "react";

export type Search<Row> = { found: Row[]; says: string };

const nothing = { found: [], says: "" };
const PAUSE_MS = 200;

/**
 * Asks the server a moment after the last key; an answer to a former text is thrown away.
 * @param address without what is typed, which is added as `q`; it answers a list of rows.
 * @param none what to say when nothing is found, with the text in place of `%`.
 */
export function useFound<Row>(address: string, text: string, none: string): Search<Row> {
  const [search, setSearch] = useState<Search<Row>>(nothing);
  const wanted = text.trim();

  useEffect(() => {
    if (!wanted) return setSearch(nothing);
    const abort = new AbortController();
    const timer = setTimeout(() => ask<Row>(address, wanted, none, abort.signal).then(setSearch, () => {}), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [address, wanted, none]);

  return search;
}

async function ask<Row>(address: string, wanted: string, none: string, signal: AbortSignal): Promise<Search<Row>> {
  const url = new URL(address, location.origin);
  url.searchParams.set("q", wanted);
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  if (!response?.ok) return { found: [], says: "The search failed. Try again in a moment." };
  const found = (await response.json()) as Row[];
  return { found, says: found.length === 0 ? none.replace("%", () => wanted) : "" };
}
