"use client";
import { useCallback, useEffect, useState } from "react";
import type { AggregateRight } from "@/lib/access/registry";
import type { ElementPage } from "@/lib/roles/queries";
import type { NamedElement } from "@/lib/roles/wording";

/** Null as type: of every type. */
export type ElementsOf = { right: AggregateRight; type: string | null; search: string };

type Loaded = { elements: NamedElement[]; next: string | null; count: number; isLoading: boolean; problem: string };

const nothing: Loaded = { elements: [], next: "", count: 0, isLoading: true, problem: "" };

/** Elements by name, loaded a page at a time. `more` loads the next page. */
export function useElements({ right, type, search }: ElementsOf): Loaded & { more: () => void } {
  const [loaded, setLoaded] = useState(nothing);
  const [wanted, setWanted] = useState("");

  useEffect(() => {
    const abort = new AbortController();
    setLoaded((before) => ({ ...(wanted ? before : nothing), isLoading: true, problem: "" }));
    askElements<ElementPage>({ right, type, search }, { cursor: wanted }, abort.signal).then(
      ({ elements, next, count }) =>
        setLoaded((before) => ({
          elements: wanted ? [...before.elements, ...elements] : elements,
          next,
          count: count ?? before.count,
          isLoading: false,
          problem: "",
        })),
      (error: unknown) => {
        if (!abort.signal.aborted) setLoaded((before) => ({ ...before, isLoading: false, problem: String(error) }));
      },
    );
    return () => abort.abort();
  }, [right, type, search, wanted]);

  const more = useCallback(() => {
    if (!loaded.isLoading && loaded.next) setWanted(loaded.next);
  }, [loaded]);
  return { ...loaded, more };
}

/** @returns all that match. @throws a sentence. */
export const askMatching = (of: ElementsOf): Promise<NamedElement[]> => askElements(of, { all: "1" });

async function askElements<Answer>(
  { right, type, search }: ElementsOf,
  further: Record<string, string>,
  signal?: AbortSignal,
): Promise<Answer> {
  const params = new URLSearchParams({ right, search, ...(type === null ? {} : { type }), ...further });
  const response = await fetch(`/api/roles/elements?${params}`, { signal });
  if (!response.ok) throw "The list could not be loaded. Try again in a moment.";
  return (await response.json()) as Answer;
}
