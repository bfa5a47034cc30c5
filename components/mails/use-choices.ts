"use client";
import { useEffect, useState } from "react";
import type { JobChoice } from "@/lib/filing/queries";

const PAUSE_MS = 200;

type Found = { names: string[]; jobs: JobChoice[] | null };

/**
 * Asks the server while somebody types the name of a customer.
 * @returns names that contain it; the jobs of the customer of exactly this name, or null when there is none.
 */
export function useChoices(customer: string, first: Found): Found & { of: string } {
  const [found, setFound] = useState({ ...first, of: customer });

  useEffect(() => {
    if (found.of === customer) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const ask = (query: Record<string, string>) =>
        fetch(`/api/mails/choices?${new URLSearchParams(query)}`, { signal: abort.signal }).then((answer) =>
          answer.json(),
        );
      try {
        const [{ names }, { jobs }] = await Promise.all([ask({ q: customer }), ask({ customer })]);
        setFound({ names: names ?? [], jobs: jobs ?? null, of: customer });
      } catch {
        // Typed on, or offline: the server looks at the name again when the form is sent.
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [customer, found.of]);

  return found;
}
