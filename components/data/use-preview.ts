"use client";
import { useEffect, useState } from "react";
import type { Preview } from "@/lib/retention/rules";

const PAUSE_MS = 300;

/**
 * What would go were these days stored, asked anew a moment after each change.
 * @param asked days as typed, as a query string; null while there is nothing to ask.
 * @returns the answer to exactly this question, a sentence when it failed, null while it is on its way.
 */
export function usePreview(asked: string | null): Preview | string | null {
  const [answer, setAnswer] = useState<{ asked: string; preview: Preview | string } | null>(null);
  useEffect(() => {
    if (asked === null) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      previewOf(asked, abort.signal).then(
        (preview) => setAnswer({ asked, preview }),
        () => abort.signal.aborted || setAnswer({ asked, preview: "It could not be counted what would go." }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked]);
  return answer?.asked === asked ? answer.preview : null;
}

async function previewOf(asked: string, signal: AbortSignal): Promise<Preview | string> {
  const answer = await fetch(`/api/data/retention?${asked}`, { signal });
  const body = (await answer.json()) as Preview & { error?: string };
  return answer.ok ? body : (body.error ?? "It could not be counted what would go.");
}
